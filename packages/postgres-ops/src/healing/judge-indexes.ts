import { quoteName, rolledBack, type Catalogue } from '../health/catalogue.ts'
import { chooseTrial, type Tried } from './choose-trial.ts'
import { explainQuery, type PlannedQuery } from './explain-query.ts'
import { nameIndex, writeIndex, type IndexCandidate } from './index-candidate.ts'
import type { IndexLimits } from './index-limits.ts'
import type { IndexTrial, TriedIndex } from './index-trial.ts'

/** An index with which the planner answers a query for less. */
export interface JudgedIndex {
  readonly candidate: IndexCandidate
  readonly name: string
  readonly bytes: number
  readonly costBefore: number
  readonly costAfter: number
  readonly proof: IndexTrial['proof']
}

/** A question to the planner. */
export interface IndexQuestion {
  readonly query: PlannedQuery
  readonly candidates: readonly IndexCandidate[]
  /** Ways of trying a candidate; the first that can is used. */
  readonly trialsFor: (candidate: IndexCandidate) => readonly IndexTrial[]
  readonly limits: IndexLimits
  readonly isTaken: (name: string) => boolean
}

/**
 * Tries candidates on a query and keeps, one at a time, the one that saves most, until no other saves
 * enough. Leaves nothing behind.
 */
export const judgeIndexes = async (
  catalogue: Catalogue,
  question: IndexQuestion,
): Promise<JudgedIndex[]> =>
  rolledBack(catalogue, async () => {
    await setTimeouts(catalogue, question.limits)
    const { query, limits } = question
    const judged: JudgedIndex[] = []
    let { cost } = await explainQuery(catalogue, query)
    while (cost >= limits.minCost && judged.length < limits.indexes) {
      const best = await tryAll(catalogue, question, cost)
      if (!best) break
      judged.push(best)
      cost = best.costAfter
      await add(question, best)
    }
    return judged
  })

/** Bounds what is done in the open transaction. */
export const setTimeouts = async (
  catalogue: Catalogue,
  { judgeMs, lockMs }: Pick<IndexLimits, 'judgeMs' | 'lockMs'>,
): Promise<void> => {
  await catalogue.query(`set local statement_timeout = ${judgeMs}`)
  await catalogue.query(`set local lock_timeout = ${lockMs}`)
}

/** Shows an index to the planner. */
const add = async (
  { trialsFor }: IndexQuestion,
  { candidate, name }: Pick<JudgedIndex, 'candidate' | 'name'>,
): Promise<{ readonly trial: IndexTrial; readonly made: TriedIndex } | undefined> => {
  const statement = writeIndex(candidate, name)
  for (const trial of trialsFor(candidate)) {
    const made = await trial.add(statement, quoteName(candidate.schema, name))
    if (made) return { trial, made }
  }
  return undefined
}

interface CandidateTrial extends Tried {
  readonly candidate: IndexCandidate
  readonly name: string
  readonly proof: IndexTrial['proof']
}

const tryAll = async (
  catalogue: Catalogue,
  question: IndexQuestion,
  costBefore: number,
): Promise<JudgedIndex | undefined> => {
  const trials: CandidateTrial[] = []
  for (const candidate of question.candidates) {
    const trial = await tryOne(catalogue, question, candidate)
    if (trial) trials.push(trial)
  }
  const best = chooseTrial(trials, costBefore, question.limits)
  if (!best) return undefined
  const { candidate, name, bytes, cost, proof } = best
  return { candidate, name, bytes, costBefore, costAfter: cost, proof }
}

const tryOne = async (
  catalogue: Catalogue,
  question: IndexQuestion,
  candidate: IndexCandidate,
): Promise<CandidateTrial | undefined> => {
  const name = nameIndex(candidate, question.isTaken)
  const added = await add(question, { candidate, name })
  if (!added) return undefined
  const { trial, made } = added
  const { cost, indexes } = await explainQuery(catalogue, question.query)
  await trial.undo()
  const { keys } = candidate
  const isUsed = indexes.has(made.planName)
  return { candidate, name, keys, bytes: made.bytes, cost, isUsed, proof: trial.proof }
}
