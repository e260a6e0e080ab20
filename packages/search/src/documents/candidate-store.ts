import type { Database } from '@athena-memory/db-core'
import { eq } from 'drizzle-orm'
import { decodePieces, decodeStems } from '../analysis/pieces.ts'
import type { Candidate } from '../score/candidate.ts'
import { listedRow, rowList } from './row-list.ts'

/** Candidates remembered between searches, about 2 KB each. */
const REMEMBERED_CANDIDATES = 20_000

/** Reads candidates by row number; row numbers without a document are left out. */
export type LoadCandidates = (
  snapshot: Database,
  rowNumbers: readonly number[],
) => Promise<Candidate[]>

/**
 * A loader that remembers what it read. Nothing goes stale: a document that changes gets a new row number,
 * and numbers are never used again. Whether a row still is there, and may be seen, the caller has asked.
 */
export const createCandidateLoader = (): LoadCandidates => {
  const remembered = new Map<number, Candidate>()
  return async (snapshot, rowNumbers) => {
    const unknown = rowNumbers.filter((rowNumber) => !remembered.has(rowNumber))
    const read = await readCandidates(snapshot, unknown)
    for (const candidate of read) remembered.set(candidate.rowNumber, candidate)
    const found = rowNumbers.flatMap((rowNumber) => remembered.get(rowNumber) ?? [])
    forgetOldest(remembered)
    return found
  }
}

const forgetOldest = (remembered: Map<number, Candidate>): void => {
  for (const rowNumber of remembered.keys()) {
    if (remembered.size <= REMEMBERED_CANDIDATES) return
    remembered.delete(rowNumber)
  }
}

const readCandidates = async (
  db: Database,
  rowNumbers: readonly number[],
): Promise<Candidate[]> => {
  if (rowNumbers.length === 0) return []
  const { documents } = db.tables
  const rows = await db.query
    .select(columns(db.tables))
    .from(rowList(db, rowNumbers))
    .crossJoin(documents)
    .where(eq(documents.rowNumber, listedRow))
  return rows.map(toCandidate)
}

const columns = ({ documents }: Database['tables']) => ({
  rowNumber: documents.rowNumber,
  layer: documents.layer,
  speaker: documents.speaker,
  role: documents.role,
  groupId: documents.groupId,
  position: documents.position,
  importance: documents.importance,
  occurredAt: documents.occurredAt,
  stems: documents.stems,
  pieces: documents.pieces,
})

type CandidateRow = Pick<
  Database['tables']['documents']['$inferSelect'],
  keyof ReturnType<typeof columns>
>

const toCandidate = (row: CandidateRow): Candidate => ({
  rowNumber: row.rowNumber,
  layer: row.layer,
  speaker: row.speaker ?? undefined,
  role: row.role ?? undefined,
  groupId: row.groupId ?? undefined,
  position: row.position ?? undefined,
  importance: row.importance ?? undefined,
  occurredAt: row.occurredAt ?? undefined,
  stems: decodeStems(row.stems),
  pieces: decodePieces(row.pieces),
})
