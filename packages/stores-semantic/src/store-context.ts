import type { Database } from '@athena-memory/db-core'
import type { DocumentIndex, PreparedDocument } from '@athena-memory/search'
import { type MemoryDraft, toDocument } from './memory-draft.ts'
import type { SecretPolicy } from '@athena-memory/db-core/secrets'

/** What the parts of the store work with. */
export interface StoreContext {
  readonly db: Database
  readonly documents: DocumentIndex
  readonly now: () => Date
  readonly newId: () => string
  readonly secretPolicy: SecretPolicy
}

/** A memory whose text is analysed and, where that worked, embedded. */
export interface PreparedMemory extends MemoryDraft {
  readonly document: PreparedDocument
}

/** Analyses and embeds drafts, all at once. */
export const prepareDrafts = async (
  { documents }: StoreContext,
  drafts: readonly MemoryDraft[],
): Promise<PreparedMemory[]> => {
  const prepared = await documents.prepare(drafts.map(toDocument))
  return drafts.flatMap((draft, index) => {
    const document = prepared[index]
    return document ? [{ ...draft, document }] : []
  })
}
