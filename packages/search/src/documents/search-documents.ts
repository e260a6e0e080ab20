import type { Database } from '@athena-memory/db-core'
import type { Ranked } from '../score/rank.ts'
import type { Similarities } from '../vectors/similarity.ts'
import { embedQuestion } from './embed-question.ts'
import { loadResults } from './load-results.ts'
import { compareTo, rankDocuments, type RankingContext } from './rank-documents.ts'
import type { SearchOptions } from './search-options.ts'
import type { SearchOutcome } from './search-result.ts'

/** Results of a search that does not say how many it wants. */
const DEFAULT_LIMIT = 10

/** What a search runs with. */
export interface SearchContext extends RankingContext {
  readonly db: Database
}

/** Searches documents in one snapshot; see `DocumentIndex.search`. */
export const searchDocuments = async (
  context: SearchContext,
  text: string,
  options: SearchOptions,
): Promise<SearchOutcome> => {
  const { vector, notices } = await embedQuestion(text, context.embedder)
  const results = await context.db.read(async (snapshot) => {
    const search = { snapshot, text, vector, options }
    const { ranked, textScores, similarities } = await rankDocuments(context, search)
    const chosen = choose(ranked, options)
    const others = await compareTo(context, search, withoutSimilarity(chosen, similarities))
    return loadResults(snapshot, {
      ranked: chosen,
      textScores,
      similarities: new Map([...similarities, ...others]),
    })
  })
  return { results, notices }
}

const withoutSimilarity = (ranked: readonly Ranked[], similarities: Similarities): number[] =>
  ranked.map(({ candidate }) => candidate.rowNumber).filter((row) => !similarities.has(row))

const choose = (
  ranked: readonly Ranked[],
  { limit = DEFAULT_LIMIT, minScore = 0 }: SearchOptions,
): Ranked[] => ranked.filter(({ score }) => score >= minScore).slice(0, Math.max(limit, 0))
