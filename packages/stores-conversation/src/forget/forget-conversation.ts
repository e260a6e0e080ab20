import { chunksOf, eraseDerivations } from '@athena-memory/db-core/stores'
import type { Database } from '@athena-memory/db-core'
import { and, count, eq, inArray, max, ne, sum } from 'drizzle-orm'
import { CONVERSATION_LAYER, type StoreContext } from '../store-context.ts'
import { collectRows } from './collect-rows.ts'

/** What was erased. */
export interface ForgetReceipt {
  /** False where there was nothing to forget. */
  readonly forgotten: boolean
  readonly sessions: number
  readonly threads: number
  readonly messages: number
  /** Those of what was forgotten, and those that were made from it. */
  readonly summaries: number
  readonly snapshots: number
  readonly documents: number
  readonly embeddings: number
  /** Records of what was derived from what. */
  readonly derivations: number
  /**
   * Rows of other layers that were derived from what is now forgotten, and stay. Whoever made them
   * should make them anew, or forget them.
   */
  readonly affected: { layer: string; id: string }[]
}

/** Erases a session, thread, message, summary or snapshot; see `ConversationStore.forget`. */
export const forgetConversation = (
  { db, documents, now }: StoreContext,
  id: string,
): Promise<ForgetReceipt> =>
  db.transaction(async (tx) => {
    const rows = await collectRows(tx, id)
    const all = Object.values(rows).flat()
    if (all.length === 0) return NOTHING_FORGOTTEN
    const affected = await findAffected(tx, all)
    const derivations = (await eraseDerivations(tx, { layer: CONVERSATION_LAYER, ids: all })).length
    const sourceIds = [...rows.messages, ...rows.summaries, ...rows.snapshots]
    const erased = await documents.remove(tx, { layer: CONVERSATION_LAYER, sourceIds })
    const shortened = await threadOf(tx, id)
    // Children before parents: what falls with its parent would not be counted.
    const receipt = {
      snapshots: await deleteRows(tx, 'contextSnapshots', rows.snapshots),
      summaries: await deleteRows(tx, 'conversationSummaries', rows.summaries),
      messages: await deleteRows(tx, 'messages', rows.messages),
      threads: await deleteRows(tx, 'threads', rows.threads),
      sessions: await deleteRows(tx, 'sessions', rows.sessions),
    }
    if (shortened !== undefined) await recount(tx, shortened, now())
    return { forgotten: true, ...receipt, ...erased, derivations, affected }
  })

const NOTHING_FORGOTTEN: ForgetReceipt = {
  forgotten: false,
  sessions: 0,
  threads: 0,
  messages: 0,
  summaries: 0,
  snapshots: 0,
  documents: 0,
  embeddings: 0,
  derivations: 0,
  affected: [],
}

/** Rows of other layers that were derived from these. */
const findAffected = async (
  { query, tables: { derivations } }: Database,
  ids: readonly string[],
): Promise<{ layer: string; id: string }[]> => {
  const affected = new Map<string, { layer: string; id: string }>()
  for (const chunk of chunksOf(ids)) {
    const rows = await query
      .selectDistinct({ layer: derivations.derivedLayer, id: derivations.derivedId })
      .from(derivations)
      .where(
        and(
          eq(derivations.evidenceLayer, CONVERSATION_LAYER),
          inArray(derivations.evidenceId, chunk),
          ne(derivations.derivedLayer, CONVERSATION_LAYER),
        ),
      )
      .orderBy(derivations.derivedLayer, derivations.derivedId)
    for (const row of rows) affected.set(JSON.stringify(row), row)
  }
  return [...affected.values()]
}

const deleteRows = async (
  { query, tables }: Database,
  name: 'contextSnapshots' | 'conversationSummaries' | 'messages' | 'threads' | 'sessions',
  ids: readonly string[],
): Promise<number> => {
  const table = tables[name]
  let deleted = 0
  for (const chunk of chunksOf(ids)) {
    const rows = await query
      .delete(table)
      .where(inArray(table.id, chunk))
      .returning({ id: table.id })
    deleted += rows.length
  }
  return deleted
}

/** The thread that a message belongs to. */
const threadOf = async (
  { query, tables: { messages } }: Database,
  messageId: string,
): Promise<string | undefined> => {
  const [row] = await query
    .select({ threadId: messages.threadId })
    .from(messages)
    .where(eq(messages.id, messageId))
    .limit(1)
  return row?.threadId
}

/** Brings the figures of a thread in line with the messages that are left. */
const recount = async (tx: Database, threadId: string, at: Date): Promise<void> => {
  const { messages, threads } = tx.tables
  const [left] = await tx.query
    .select({
      messageCount: count(),
      tokenCount: sum(messages.tokens).mapWith(Number),
      lastSaidAt: max(messages.saidAt),
    })
    .from(messages)
    .where(eq(messages.threadId, threadId))
  await tx.query
    .update(threads)
    .set({
      messageCount: left?.messageCount ?? 0,
      tokenCount: left?.tokenCount ?? 0,
      lastActiveAt: left?.lastSaidAt ?? threads.startedAt,
      updatedAt: at,
    })
    .where(eq(threads.id, threadId))
}
