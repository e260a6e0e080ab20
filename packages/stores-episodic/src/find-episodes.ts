import { chunksOf, findContents, isOwnedBy } from '@athena-memory/db-core/stores'
import type { Database } from '@athena-memory/db-core'
import { and, eq, inArray } from 'drizzle-orm'
import { type Episode, type EpisodeRow, toEpisode } from './episode.ts'

/** The row of an episode. */
export const findRow = async (
  { query, tables: { episodes } }: Database,
  id: string,
): Promise<EpisodeRow | undefined> => {
  const [row] = await query.select().from(episodes).where(eq(episodes.id, id)).limit(1)
  return row
}

/** What makes two episodes the same: their project and their hash. */
export type EpisodeKey = Pick<EpisodeRow, 'projectId' | 'contentHash'>

/** A text key for maps. */
export const keyOf = ({ projectId, contentHash }: EpisodeKey): string =>
  `${contentHash} ${projectId}`

/** Episodes that are recorded already, by `keyOf`. */
export const findRecorded = async (
  db: Database,
  keys: readonly EpisodeKey[],
): Promise<Map<string, EpisodeRow>> => {
  const { episodes } = db.tables
  const contents = keys.map(({ projectId, contentHash }) => ({ ownerId: projectId, contentHash }))
  const rows = await findContents(db, contents, {
    idOf: ({ ownerId, contentHash }) =>
      db.query
        .select({ id: episodes.id })
        .from(episodes)
        .where(and(eq(episodes.contentHash, contentHash), isOwnedBy(episodes.projectId, ownerId))),
    read: (ids) => readRows(db, ids),
  })
  return new Map(rows.map((row) => [keyOf(row), row]))
}

/** Episodes by their ids, with what they were about, in the order of the ids; unknown ones are left out. */
export const findByIds = async (db: Database, ids: readonly string[]): Promise<Episode[]> => {
  const rows = new Map<string, EpisodeRow>()
  for (const chunk of chunksOf([...new Set(ids)])) {
    for (const row of await readRows(db, chunk)) rows.set(row.id, row)
  }
  return toEpisodes(
    db,
    ids.flatMap((id) => rows.get(id) ?? []),
  )
}

const readRows = ({ query, tables: { episodes } }: Database, ids: string[]) =>
  query.select().from(episodes).where(inArray(episodes.id, ids))

/** Rows as callers see them, in their order. Two statements for every 500 of them. */
export const toEpisodes = async (db: Database, rows: readonly EpisodeRow[]): Promise<Episode[]> => {
  const ids = rows.map(({ id }) => id)
  const [files, symbols] = [await filesOf(db, ids), await symbolsOf(db, ids)]
  return rows.map((row) =>
    toEpisode(row, { files: files.get(row.id) ?? [], symbols: symbols.get(row.id) ?? [] }),
  )
}

const filesOf = ({ query, tables: { episodeFiles } }: Database, ids: readonly string[]) =>
  gatherNames(ids, (chunk) =>
    query
      .select({ id: episodeFiles.episodeId, name: episodeFiles.path })
      .from(episodeFiles)
      .where(inArray(episodeFiles.episodeId, chunk)),
  )

const symbolsOf = ({ query, tables: { episodeSymbols } }: Database, ids: readonly string[]) =>
  gatherNames(ids, (chunk) =>
    query
      .select({ id: episodeSymbols.episodeId, name: episodeSymbols.symbol })
      .from(episodeSymbols)
      .where(inArray(episodeSymbols.episodeId, chunk)),
  )

type ReadNames = (ids: string[]) => Promise<readonly { id: string; name: string }[]>

/** Names by episode. Sorted here, because the databases order letters differently. */
const gatherNames = async (
  ids: readonly string[],
  read: ReadNames,
): Promise<Map<string, string[]>> => {
  const found = new Map<string, string[]>()
  for (const chunk of chunksOf(ids)) {
    for (const { id, name } of await read(chunk)) {
      const names = found.get(id)
      if (names) names.push(name)
      else found.set(id, [name])
    }
  }
  for (const names of found.values()) names.sort()
  return found
}
