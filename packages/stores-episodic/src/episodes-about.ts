import type { Database } from '@athena-memory/db-core'
import { and, eq, inArray } from 'drizzle-orm'

/** Which names, of which project. */
export interface NamesOf {
  readonly projectId: string
  readonly names: readonly string[]
}

/**
 * Ids of the episodes about any of these files, to look among. Whoever does so must not ask for the
 * project too: SQLite would go through all of its episodes, where the index of files leads to a few.
 */
export const episodesAboutFiles = (
  { query, tables: { episodeFiles } }: Database,
  { projectId, names }: NamesOf,
) =>
  query
    .select({ id: episodeFiles.episodeId })
    .from(episodeFiles)
    .where(and(eq(episodeFiles.projectId, projectId), inArray(episodeFiles.path, [...names])))

/** Like `episodesAboutFiles`, of symbols. */
export const episodesAboutSymbols = (
  { query, tables: { episodeSymbols } }: Database,
  { projectId, names }: NamesOf,
) =>
  query
    .select({ id: episodeSymbols.episodeId })
    .from(episodeSymbols)
    .where(and(eq(episodeSymbols.projectId, projectId), inArray(episodeSymbols.symbol, [...names])))
