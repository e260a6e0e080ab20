import { chunksOf } from '@athena-memory/db-core/stores'
import { type Database, StorageError } from '@athena-memory/db-core'
import type { EpisodeRow } from './episode.ts'
import type { PreparedEpisode, StoreContext } from './store-context.ts'

/** Writes new episodes with what they were about and their documents; the rows as they were stored. */
export const insertEpisodes = async (
  { documents, newId }: Pick<StoreContext, 'documents' | 'newId'>,
  tx: Database,
  prepared: readonly PreparedEpisode[],
): Promise<EpisodeRow[]> => {
  const rows: EpisodeRow[] = []
  for (const chunk of chunksOf(prepared)) {
    // A rival that is not visible yet then makes this transaction run again, and not fail.
    const written = await tx.query
      .insert(tx.tables.episodes)
      .values(chunk.map(({ row }) => row))
      .onConflictDoNothing()
      .returning()
    if (written.length < chunk.length) throw new StorageError('busy')
    rows.push(...written)
  }
  await insertSubjects(tx, prepared, newId)
  await documents.put(
    tx,
    prepared.map(({ document }) => document),
  )
  return rows
}

const insertSubjects = async (
  tx: Database,
  prepared: readonly PreparedEpisode[],
  newId: () => string,
): Promise<void> => {
  const owned = ({ row: { id, projectId, createdAt, updatedAt } }: PreparedEpisode) => ({
    id: newId(),
    projectId,
    episodeId: id,
    createdAt,
    updatedAt,
  })
  const files = prepared.flatMap((episode) =>
    episode.subjects.files.map((path) => ({ ...owned(episode), path })),
  )
  const symbols = prepared.flatMap((episode) =>
    episode.subjects.symbols.map((symbol) => ({ ...owned(episode), symbol })),
  )
  await tx.insertRows(tx.tables.episodeFiles, files)
  await tx.insertRows(tx.tables.episodeSymbols, symbols)
}
