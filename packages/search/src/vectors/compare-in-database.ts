import type { Database } from '@athena-memory/db-core'
import { eq, type SQL, sql } from 'drizzle-orm'
import { listedRow, ofListedDocument, rowList, toNumbers } from '../documents/row-list.ts'
import type { CodeCache } from './code-cache.ts'
import type { CodedSpace } from './read-codes.ts'
import type { Similarities } from './similarity.ts'
import type { VectorSearch } from './vector-search.ts'

/** PostgreSQL compares vectors where they lie: to send them takes twice as long as to compare them. */
export const createDatabaseComparison =
  (space: CodedSpace, codes: Pick<CodeCache, 'ofDocuments' | 'size'>): VectorSearch['compare'] =>
  async (snapshot, vector, documentRows) => {
    if (documentRows.length === 0) return new Map()
    const found =
      codes.size() === undefined
        ? findByDocument(snapshot, space, documentRows)
        : await findByCode(snapshot, codes, documentRows)
    const sought = sql.param(vector, snapshot.tables.embeddings.vector)
    const [compared] = await snapshot.query
      .select({
        rows: sql<string | null>`string_agg(${listedRow}::text, ',')`,
        similarities: sql<
          string | null
        >`string_agg((1 - (${found.vector} <=> ${sought}))::text, ',')`,
      })
      .from(found.from)
      .where(found.where)
    const owners = toNumbers(compared?.rows).map(found.ownerOf)
    return bestOfEach(owners, toNumbers(compared?.similarities))
  }

/** The similarity of each document's best piece; vectors of zeros, which have no direction, left out. */
const bestOfEach = (owners: readonly number[], similarities: readonly number[]): Similarities => {
  const best = new Map<number, number>()
  for (const [at, owner] of owners.entries()) {
    const similarity = similarities[at] ?? NaN
    if (!Number.isNaN(similarity)) best.set(owner, Math.max(similarity, best.get(owner) ?? -1))
  }
  return best
}

/** Vectors of documents, joined with a list of row numbers. */
interface FoundVectors {
  readonly from: SQL
  readonly where: SQL | undefined
  readonly vector: SQL
  /** The document of a row number of the list. */
  readonly ownerOf: (listed: number) => number
}

/** The row numbers of vectors are known beside their codes. */
const findByCode = async (
  snapshot: Database,
  codes: Pick<CodeCache, 'ofDocuments'>,
  documentRows: readonly number[],
): Promise<FoundVectors> => {
  const { embeddings } = snapshot.tables
  const coded = await codes.ofDocuments(snapshot, documentRows)
  const owners = new Map(coded.map(({ rowNumber, documentRow }) => [rowNumber, documentRow]))
  return {
    from: sql`${rowList(snapshot, [...owners.keys()])} cross join ${embeddings}`,
    where: eq(embeddings.rowNumber, listedRow),
    vector: sql`${embeddings.vector}`,
    ownerOf: (listed) => owners.get(listed) ?? 0,
  }
}

const findByDocument = (
  snapshot: Database,
  { id }: CodedSpace,
  documentRows: readonly number[],
): FoundVectors => {
  const { embeddings } = snapshot.tables
  const vectors = snapshot.query
    .select({ vector: embeddings.vector })
    .from(embeddings)
    .where(ofListedDocument(snapshot, id))
  return {
    from: sql`${rowList(snapshot, documentRows)} cross join lateral (${vectors} offset 0) as found`,
    where: undefined,
    vector: sql`found.vector`,
    ownerOf: (listed) => listed,
  }
}
