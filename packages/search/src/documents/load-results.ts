import type { Database } from '@athena-memory/db-core'
import { inArray } from 'drizzle-orm'
import type { Ranked } from '../score/rank.ts'
import type { Similarities } from '../vectors/similarity.ts'
import type { SearchResult } from './search-result.ts'

/** What results are made of besides their rows. */
export interface Ranking {
  /** The documents to return, in order. */
  readonly ranked: readonly Ranked[]
  /** Scores of all candidates by text alone, by row number. */
  readonly textScores: ReadonlyMap<number, number>
  readonly similarities: Similarities
}

/** Reads ranked documents as results, in the order of the ranking. */
export const loadResults = async (
  snapshot: Database,
  { ranked, textScores, similarities }: Ranking,
): Promise<SearchResult[]> => {
  const rows = await loadRows(snapshot, ranked)
  const places = keywordRanks(textScores)
  return ranked.flatMap(({ candidate: { rowNumber }, score, signals }) => {
    const row = rows.get(rowNumber)
    if (row === undefined) return []
    const semanticSimilarity = similarities.get(rowNumber)
    return {
      ...row,
      semanticSimilarity,
      keywordRank: places.get(rowNumber),
      hybridScore: score,
      signals,
    }
  })
}

const loadRows = async ({ query, tables: { documents } }: Database, ranked: readonly Ranked[]) => {
  const rowNumbers = ranked.map(({ candidate }) => candidate.rowNumber)
  if (rowNumbers.length === 0) return new Map<number, never>()
  const rows = await query.select().from(documents).where(inArray(documents.rowNumber, rowNumbers))
  return new Map(rows.map((row) => [row.rowNumber, toResult(row)]))
}

const toResult = (row: Database['tables']['documents']['$inferSelect']) => ({
  layer: row.layer,
  sourceId: row.sourceId,
  kind: row.kind,
  projectId: row.projectId,
  content: row.content,
  tags: row.tags,
  speaker: row.speaker ?? undefined,
  role: row.role ?? undefined,
  groupId: row.groupId ?? undefined,
  position: row.position ?? undefined,
  importance: row.importance ?? undefined,
  consolidationState: row.consolidationState ?? undefined,
  occurredAt: row.occurredAt ?? undefined,
  validFrom: row.validFrom ?? undefined,
  validUntil: row.validUntil ?? undefined,
})

/** Places in the order by text, from 1, of the documents that text has something to say for. */
const keywordRanks = (textScores: ReadonlyMap<number, number>): Map<number, number> => {
  const matching = [...textScores].filter(([, score]) => score > 0)
  const ordered = matching.toSorted(([rowA, a], [rowB, b]) => b - a || rowB - rowA)
  return new Map(ordered.map(([rowNumber], index) => [rowNumber, index + 1]))
}
