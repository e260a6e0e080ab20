import { mean } from '../metrics/mean.ts'
import type { AnsweredQuestion } from './answered-question.ts'
import { isCounted } from './quality.ts'

/**
 * The most recall that is lost because results below the relevance floor are left out, from 0 to 1: as
 * if all places up to `depth` that stayed empty could have held evidence. (A search without a floor is
 * not to be had from outside; a text below it would stand behind those above it.) It is averaged over the
 * questions that count.
 */
export const floorCostAtMost = (depth: number, answered: readonly AnsweredQuestion[]): number =>
  mean(answered.filter(isMeasured).map((answer) => lostAtMost(depth, answer)))

const isMeasured = ({ category, relevant }: AnsweredQuestion): boolean =>
  isCounted(category) && relevant.size > 0

const lostAtMost = (depth: number, { ranked, relevant }: AnsweredQuestion): number => {
  const found = new Set(ranked)
  const missing = [...relevant].filter((id) => !found.has(id)).length
  const empty = Math.max(depth - ranked.length, 0)
  return Math.min(missing, empty) / relevant.size
}
