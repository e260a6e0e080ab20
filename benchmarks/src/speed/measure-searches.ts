import { mean } from '../metrics/mean.ts'
import { percentile } from '../metrics/percentile.ts'
import { recallAt } from '../metrics/recall-at.ts'
import { exactNearest, type KeyedVector } from '../world/exact-nearest.ts'
import type { WorldQuestion } from '../world/world.ts'
import type { LoadFigures } from './figures.ts'
import { timeCalls } from './time-calls.ts'

/** By what is sought. */
export type SearchKind = 'vector' | 'text' | 'hybrid'

/** What is searched, and for what. */
export interface SearchSetting<Key> {
  readonly questions: readonly WorldQuestion[]
  /** Everything that the project holds. */
  readonly keyed: readonly KeyedVector<Key>[]
  /** Searches for ten results. */
  search(kind: SearchKind, question: WorldQuestion): Promise<unknown>
  /** What is nearest by vector, the nearest first. */
  findNearest(question: WorldQuestion): Promise<readonly Key[]>
}

type SearchFigures = Pick<
  LoadFigures,
  'vector_ms_p50' | 'vector_recall10' | 'text_ms_p50' | 'hybrid_ms_p50' | 'hybrid_ms_p95'
>

/** Asks every question by its vector alone, by its words alone, and by both. */
export const measureSearches = async <Key>(setting: SearchSetting<Key>): Promise<SearchFigures> => {
  const time = (kind: SearchKind) =>
    timeCalls(setting.questions, (question) => setting.search(kind, question))
  const [vector, text, hybrid] = [await time('vector'), await time('text'), await time('hybrid')]
  return {
    vector_ms_p50: percentile(vector, 50),
    vector_recall10: await vectorRecall(setting),
    text_ms_p50: percentile(text, 50),
    hybrid_ms_p50: percentile(hybrid, 50),
    hybrid_ms_p95: percentile(hybrid, 95),
  }
}

/** Of the ten memories nearest to each question, the share that vector search finds as nearest. */
const vectorRecall = async <Key>(setting: SearchSetting<Key>): Promise<number> => {
  const { questions, keyed, findNearest } = setting
  const recalls: number[] = []
  for (const question of questions) {
    const nearest = new Set(exactNearest(question.vector, keyed, 10))
    recalls.push(recallAt(10, await findNearest(question), nearest))
  }
  return mean(recalls)
}
