import type { Database } from '@athena-memory/db-core'
import type { Candidate } from '../score/candidate.ts'
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
  const { limit = DEFAULT_LIMIT, minScore = 0 } = options
  const wanted = { limit: Math.max(limit, 0), minScore }
  const results = await context.db.read(async (snapshot) => {
    const search = { snapshot, text, vector, options, wanted }
    const ranking = await rankDocuments(context, search)
    const { ranked, similarities } = ranking
    const others = await compareTo(context, search, withoutSimilarity(ranked, similarities))
    return loadResults({
      ...ranking,
      similarities: new Map([...similarities, ...others]),
    })
  })
  return { results, notices }
}

const withoutSimilarity = (
  ranked: readonly Ranked<Candidate>[],
  similarities: Similarities,
): number[] =>
  ranked.map(({ candidate }) => candidate.rowNumber).filter((row) => !similarities.has(row))
