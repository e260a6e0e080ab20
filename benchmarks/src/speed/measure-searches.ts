import type { Database } from '@athena-memory/db-core'
import { createDocumentIndex, type DocumentIndex } from '@athena-memory/search'
import { mean } from '../metrics/mean.ts'
import { percentile } from '../metrics/percentile.ts'
import { recallAt } from '../metrics/recall-at.ts'
import { exactNearest } from '../world/exact-nearest.ts'
import type { WorldMemory, WorldQuestion } from '../world/world.ts'
import type { LoadFigures } from './figures.ts'
import { timeCalls } from './time-calls.ts'

/** What is searched, and for what. */
export interface SearchSetting {
  readonly database: Database
  readonly documents: DocumentIndex
  readonly projectId: string | undefined
  /** Everything that the project holds. */
  readonly memories: readonly WorldMemory[]
  readonly questions: readonly WorldQuestion[]
}

type SearchFigures = Pick<
  LoadFigures,
  'vector_ms_p50' | 'vector_recall10' | 'text_ms_p50' | 'hybrid_ms_p50' | 'hybrid_ms_p95'
>

/** Asks every question by its vector alone, by its words alone, and by both. */
export const measureSearches = async (setting: SearchSetting): Promise<SearchFigures> => {
  const { database, documents, projectId, questions } = setting
  const wordsOnly = createDocumentIndex(database)
  const vector = await timeCalls(questions, ({ wordless }) =>
    documents.search(wordless, { projectId }),
  )
  const text = await timeCalls(questions, (asked) => wordsOnly.search(asked.text, { projectId }))
  const hybrid = await timeCalls(questions, (asked) => documents.search(asked.text, { projectId }))
  return {
    vector_ms_p50: percentile(vector, 50),
    vector_recall10: await vectorRecall(setting),
    text_ms_p50: percentile(text, 50),
    hybrid_ms_p50: percentile(hybrid, 50),
    hybrid_ms_p95: percentile(hybrid, 95),
  }
}

/** Documents that vectors bring into a search: more than ten, since other signals reorder them. */
const FOUND_BY_VECTOR = 50

/** Of the ten memories nearest to each question, the share that vector search finds as nearest. */
const vectorRecall = async (setting: SearchSetting): Promise<number> => {
  const keyed = setting.memories.map(({ content, vector }) => ({ key: content, vector }))
  const recalls: number[] = []
  for (const { wordless, vector } of setting.questions) {
    const { projectId } = setting
    const options = { projectId, limit: FOUND_BY_VECTOR }
    const { results } = await setting.documents.search(wordless, options)
    const nearest = results
      .toSorted((a, b) => (b.semanticSimilarity ?? -1) - (a.semanticSimilarity ?? -1))
      .map(({ content }) => content)
    recalls.push(recallAt(10, nearest, new Set(exactNearest(vector, keyed, 10))))
  }
  return mean(recalls)
}
