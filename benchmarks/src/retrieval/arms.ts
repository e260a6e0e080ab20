import { createDocumentIndex } from '@athena-memory/search'
import type { Athena } from 'athena-memory'
import { exactNearest, type KeyedVector } from '../world/exact-nearest.ts'
import { DEPTH } from './answered-question.ts'
import type { EvidenceQuestion } from './conversation-data.ts'
import type { DataVectors } from './data-vectors.ts'

/** Ways to answer: the one that is measured, and its parts alone. */
export type ArmName = 'hybrid' | 'text' | 'vector'

/** Answers a question with the ids of memories, best first, and says what could not be done. */
export type Arm = (question: EvidenceQuestion) => Promise<{
  readonly ranked: readonly string[]
  readonly notices: readonly string[]
}>

/** A project that is asked. */
export interface AskedProject {
  readonly name: string
  readonly id: string
  /** Its memories; empty where vectors are of no interest. */
  readonly keyed: readonly KeyedVector<string>[]
}

/** `recall` as programs call it; with given vectors also the text alone, and the vectors alone. */
export const createArms = (
  athena: Athena,
  { name: project, id: projectId, keyed }: AskedProject,
  vectors: DataVectors | undefined,
): (readonly [ArmName, Arm])[] => {
  const hybrid: Arm = async ({ question }) => {
    const { results, notices } = await athena.recall(question, { project, limit: DEPTH })
    return { ranked: results.map(({ id }) => id), notices }
  }
  if (vectors === undefined) return [['hybrid', hybrid]]
  const wordsOnly = createDocumentIndex(athena.database)
  const text: Arm = async ({ question }) => {
    const { results, notices } = await wordsOnly.search(question, { projectId, limit: DEPTH })
    return { ranked: results.map(({ sourceId }) => sourceId), notices }
  }
  // All of them are compared: no index and no floor stands between the vectors and the figures.
  const vector: Arm = async (question) => {
    const sought = vectors.ofQuestion.get(question)
    return { ranked: sought ? exactNearest(sought, keyed, DEPTH) : [], notices: [] }
  }
  return [
    ['hybrid', hybrid],
    ['text', text],
    ['vector', vector],
  ]
}
