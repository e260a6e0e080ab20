import { byDialect, type Database } from '@athena-memory/db-core'
import { count, max, sql, sum } from 'drizzle-orm'
import { PIECE_STEMS } from '../analysis/pieces.ts'
import type { Collection, ProjectStatistics } from './candidate-source.ts'

/** Statistics are counted anew when this share of the documents has been added since. */
const REFRESH_SHARE = 0.02

/** What is known of all documents, and what can be asked about their stems. */
export interface CountedCollection extends Collection {
  /** How many documents hold each of these stems. */
  countStems(snapshot: Database, stems: readonly string[]): Promise<ReadonlyMap<string, number>>
}

/** Reads statistics of the documents, remembered until these have grown by `REFRESH_SHARE`. */
export type ReadCollection = (snapshot: Database) => Promise<CountedCollection>

/** A reader that remembers; one for each database handle. */
export const createCollectionReader = (): ReadCollection => {
  let remembered: { lastRow: number; collection: CountedCollection } | undefined
  return async (snapshot) => {
    const lastRow = await readLastRow(snapshot)
    if (remembered === undefined || hasGrown(remembered, lastRow)) {
      remembered = { lastRow, collection: await countCollection(snapshot) }
    }
    return remembered.collection
  }
}

const hasGrown = (
  { lastRow, collection }: { lastRow: number; collection: CountedCollection },
  row: number,
): boolean => Math.abs(row - lastRow) > REFRESH_SHARE * collection.documents

const readLastRow = async ({ query, tables: { documents } }: Database): Promise<number> => {
  const [row] = await query.select({ last: max(documents.rowNumber) }).from(documents)
  return row?.last ?? 0
}

const countCollection = async ({
  query,
  tables: { documents },
}: Database): Promise<CountedCollection> => {
  const { projectId, speaker, length } = documents
  const rows = await query
    .select({
      projectId,
      speaker,
      documents: count(),
      stems: sum(length).mapWith(Number),
      pieces:
        sql`sum((${length} + ${sql.raw(String(PIECE_STEMS - 1))}) / ${sql.raw(String(PIECE_STEMS))})`.mapWith(
          Number,
        ),
    })
    .from(documents)
    .groupBy(projectId, speaker)
  const total = (of: (row: (typeof rows)[number]) => number) =>
    rows.reduce((all, row) => all + of(row), 0)
  return {
    documents: total((row) => row.documents),
    averageLength:
      total((row) => row.stems) /
      Math.max(
        total((row) => row.pieces),
        1,
      ),
    projects: toProjects(rows),
    countStems: createStemCounter(),
  }
}

const createStemCounter = (): CountedCollection['countStems'] => {
  const known = new Map<string, number>()
  return async (snapshot, stems) => {
    const unknown = stems.filter((stem) => !known.has(stem))
    const counted = new Map(await countHolders(snapshot, unknown))
    for (const stem of unknown) known.set(stem, counted.get(stem) ?? 0)
    return known
  }
}

const toProjects = (
  rows: readonly { projectId: string; speaker: string | null; documents: number }[],
): Map<string, ProjectStatistics> => {
  const projects = new Map<string, ProjectStatistics>()
  for (const { projectId, speaker, documents } of rows) {
    const known = projects.get(projectId) ?? { documents: 0, speakers: [] }
    projects.set(projectId, {
      documents: known.documents + documents,
      speakers: speaker === null ? known.speakers : [...known.speakers, speaker],
    })
  }
  return projects
}

const countHolders = async (
  db: Database,
  stems: readonly string[],
): Promise<[string, number][]> => {
  if (stems.length === 0) return []
  const { query } = db
  const rows = await byDialect(db, {
    postgres: () =>
      query
        .select({ stem: sql<string>`stem`, frequency: sql`frequency`.mapWith(Number) })
        .from(sql`athena_stem_frequencies(${stems.join(' ')})`),
    sqlite: () =>
      query
        .select({ stem: sql<string>`term`, frequency: sql`doc`.mapWith(Number) })
        .from(sql`documents_fts_terms`)
        .where(sql`term in (select value from json_each(${JSON.stringify(stems)}))`),
  })
  return rows.map(({ stem, frequency }) => [stem, frequency])
}
