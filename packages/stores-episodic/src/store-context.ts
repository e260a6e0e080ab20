import type { Database } from '@athena-memory/db-core'
import type { SecretPolicy } from '@athena-memory/db-core/secrets'
import type { DocumentIndex, PreparedDocument } from '@athena-memory/search'
import { type EpisodeDraft, toDocument } from './episode-draft.ts'

/** What the parts of the store work with. */
export interface StoreContext {
  readonly db: Database
  readonly documents: DocumentIndex
  readonly secretPolicy: SecretPolicy
  readonly now: () => Date
  readonly newId: () => string
}

/** An episode whose text is analysed and, where that worked, embedded. */
export interface PreparedEpisode extends EpisodeDraft {
  readonly document: PreparedDocument
}

/** Analyses and embeds drafts, all at once. */
export const prepareDrafts = async (
  { documents }: StoreContext,
  drafts: readonly EpisodeDraft[],
): Promise<PreparedEpisode[]> => {
  const prepared = await documents.prepare(drafts.map(toDocument))
  return drafts.flatMap((draft, index) => {
    const document = prepared[index]
    return document ? [{ ...draft, document }] : []
  })
}

/** What the index says about texts that it prepared, each thing once. */
export const noticesOf = (prepared: readonly PreparedEpisode[]): string[] => [
  ...new Set(prepared.flatMap(({ document: { notice } }) => notice ?? [])),
]
