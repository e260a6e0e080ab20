import { chunksOf } from '@athena-memory/db-core/stores'
import type { Database } from '@athena-memory/db-core'
import { and, eq, inArray, or, type SQL } from 'drizzle-orm'
import { CONVERSATION_LAYER } from '../store-context.ts'

/** Ids of rows by what they are. */
export interface CollectedRows {
  readonly sessions: string[]
  readonly threads: string[]
  readonly messages: string[]
  readonly summaries: string[]
  readonly snapshots: string[]
}

/** The row of this id, everything in it, and every text that was made from its messages. */
export const collectRows = async (tx: Database, id: string): Promise<CollectedRows> => {
  const { query, tables } = tx
  const { sessions, threads, messages } = tables
  const inThreads = () =>
    query
      .select({ id: threads.id })
      .from(threads)
      .where(or(eq(threads.id, id), eq(threads.sessionId, id)))
  const messageIds = await idsOf(
    query
      .select({ id: messages.id })
      .from(messages)
      .where(or(eq(messages.id, id), inArray(messages.threadId, inThreads()))),
  )
  const derived = await findDerived(tx, messageIds)
  return {
    sessions: await idsOf(
      query.select({ id: sessions.id }).from(sessions).where(eq(sessions.id, id)),
    ),
    threads: await idsOf(inThreads()),
    messages: messageIds,
    summaries: await collectTexts(tx, 'conversationSummaries', { id, derived }),
    snapshots: await collectTexts(tx, 'contextSnapshots', { id, derived }),
  }
}

const idsOf = async (rows: PromiseLike<readonly { readonly id: string }[]>): Promise<string[]> =>
  (await rows).map(({ id }) => id)

/** Texts of this layer that were made from these messages. */
const findDerived = async (
  { query, tables: { derivations } }: Database,
  messageIds: readonly string[],
): Promise<string[]> => {
  const found = new Set<string>()
  for (const chunk of chunksOf(messageIds)) {
    const rows = await query
      .selectDistinct({ id: derivations.derivedId })
      .from(derivations)
      .where(
        and(
          eq(derivations.derivedLayer, CONVERSATION_LAYER),
          eq(derivations.evidenceLayer, CONVERSATION_LAYER),
          inArray(derivations.evidenceId, chunk),
        ),
      )
    for (const { id } of rows) found.add(id)
  }
  return [...found]
}

/** Summaries or snapshots that are meant themselves, belong to what is meant, or were made from it. */
const collectTexts = async (
  { query, tables }: Database,
  name: 'conversationSummaries' | 'contextSnapshots',
  { id, derived }: { id: string; derived: readonly string[] },
): Promise<string[]> => {
  const table = tables[name]
  const find = (where: SQL | undefined) =>
    idsOf(query.select({ id: table.id }).from(table).where(where))
  const found = new Set(
    await find(or(eq(table.id, id), eq(table.sessionId, id), eq(table.threadId, id))),
  )
  for (const chunk of chunksOf(derived)) {
    for (const each of await find(inArray(table.id, chunk))) found.add(each)
  }
  return [...found]
}
