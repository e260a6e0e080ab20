import type { Database } from '@athena-memory/db-core'
import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { toNumbers } from '../documents/row-list.ts'
import type { CodedSpace } from './read-codes.ts'
import { compared } from './similarity.ts'
import { toBitText } from './sign-bits.ts'
import type { FindNearest, NearestOptions } from './vector-search.ts'

/** Among up to this many documents every code is looked at: the graph would pass mostly others. */
const SCANNED_UNTIL = 1000

/**
 * Codes asked of the graph, of all projects: the more there are, the more of them lie between a question's
 * code and that of a near vector.
 */
const walkedOf = (expected: number): number => Math.max(128, Math.ceil(1.5 * Math.sqrt(expected)))

/** While too few of the documents are among those sought, this many times as many are asked for. */
const WIDENING = 4

/** Rather than ask the graph for more than this, every code of the documents sought is looked at. */
const MOST_WALKED = 2000

/** PostgreSQL finds the nearest codes, by a graph where there are many. */
export const createGraphNearest =
  ({ id: spaceId }: CodedSpace): FindNearest =>
  async (snapshot, vector, options) => {
    const question = { spaceId, code: toBitText(vector) }
    const walked = await walkUntilFound(snapshot, question, options)
    return walked ?? scanCodes(snapshot, question, options)
  }

interface CodedQuestion {
  readonly spaceId: string
  readonly code: string
}

/** Nothing where the graph has too few of the documents sought. */
const walkUntilFound = async (
  snapshot: Database,
  question: CodedQuestion,
  { source, expected, limit }: NearestOptions,
): Promise<number[] | undefined> => {
  if (expected <= SCANNED_UNTIL) return undefined
  for (let asked = walkedOf(expected); asked <= MOST_WALKED; asked *= WIDENING) {
    const walked = await walkGraph(snapshot, question, asked)
    // It gives up among too many rows of other tenants or spaces.
    if (walked.length < asked) return undefined
    const found = await source.listed([...new Set(walked)])
    if (found.length >= limit) return found.map(({ rowNumber }) => rowNumber)
  }
  return undefined
}

const walkGraph = async (
  { query }: Database,
  { spaceId, code }: CodedQuestion,
  asked: number,
): Promise<number[]> => {
  const [row] = await query
    .select({ numbers: sql<string | null>`athena_nearest(${spaceId}, ${code}, ${asked})` })
    .from(sql`(select 1) as one`)
  return toNumbers(row?.numbers)
}

const scanCodes = async (
  { query, tables: { documents, embeddings } }: Database,
  { spaceId, code }: CodedQuestion,
  { filter, expected }: NearestOptions,
): Promise<number[]> => {
  // One lookup within the other: without statistics joins are planned as if there were few rows.
  const nearest = query
    .select({ bits: sql`min(code <~> ${code}::bit varying)` })
    .from(embeddings)
    .where(
      and(
        eq(embeddings.tenantId, documents.tenantId),
        eq(embeddings.documentId, documents.id),
        eq(embeddings.spaceId, spaceId),
      ),
    )
  const scanned = query
    .select({ rowNumber: documents.rowNumber, distance: sql`(${nearest})`.as('distance') })
    .from(documents)
    .where(filter)
    .orderBy(sql`distance nulls last`)
    .limit(compared(expected))
    .as('scanned')
  const [row] = await query
    .select({ numbers: sql<string | null>`string_agg(${scanned.rowNumber}::text, ',')` })
    .from(scanned)
    .where(isNotNull(scanned.distance))
  return toNumbers(row?.numbers)
}
