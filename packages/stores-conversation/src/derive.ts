import { chunksOf } from '@athena-memory/db-core/stores'
import type { Database, EvidenceSpan } from '@athena-memory/db-core'
import { inArray } from 'drizzle-orm'
import { CONVERSATION_LAYER } from './store-context.ts'

/** A message that a text was made from, and where in it. */
export interface Evidence {
  readonly messageId: string
  readonly span?: EvidenceSpan | undefined
}

/** A text of this layer that was made from messages, and how. */
export interface Derived {
  readonly id: string
  readonly method: string
  readonly model: string | null
  readonly evidence: readonly Evidence[]
}

/** Records what a text was made from: it goes when one of these messages is forgotten. */
export const recordDerivation = async (
  tx: Database,
  { id, method, model, evidence }: Derived,
  { at, newId }: { at: Date; newId: () => string },
): Promise<void> => {
  const rows = evidence.map(({ messageId, span }) => ({
    id: newId(),
    derivedLayer: CONVERSATION_LAYER,
    derivedId: id,
    evidenceLayer: CONVERSATION_LAYER,
    evidenceId: messageId,
    evidenceSpan: span,
    method,
    model,
    confidence: 1,
    createdAt: at,
  }))
  await tx.insertRows(tx.tables.derivations, rows)
}

/** Whether all of these messages are still there: what was read before may be forgotten by now. */
export const isAllThere = async (
  { query, tables: { messages } }: Database,
  evidence: readonly Evidence[],
): Promise<boolean> => {
  const ids = [...new Set(evidence.map(({ messageId }) => messageId))]
  let found = 0
  for (const chunk of chunksOf(ids)) {
    found += await query.$count(messages, inArray(messages.id, chunk))
  }
  return found === ids.length
}
