import type { Candidate } from './candidate.ts'

/** How many places are wanted, and in which order equals come. */
export interface Order {
  readonly count: number
  /** Compares the places of two equals. */
  readonly compare: (a: number, b: number) => number
}

/** Among equals what was written last comes first. */
export const newestFirst =
  (candidates: readonly Candidate[]): Order['compare'] =>
  (a, b) =>
    (candidates[b]?.rowNumber ?? 0) - (candidates[a]?.rowNumber ?? 0)

/** The places of the greatest scores, greatest first. Cheaper than to sort all of many. */
export const bestFirst = (scores: Float64Array, { count, compare }: Order): number[] => {
  const least = leastOfBest(scores, count)
  const places: number[] = []
  for (let at = 0; at < scores.length; at++) if ((scores[at] ?? 0) >= least) places.push(at)
  return places
    .toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || compare(a, b))
    .slice(0, Math.max(count, 0))
}

/** More than this are sorted: putting each score in its place among many takes longer. */
const MOST_PLACED = 200

/** The score that the last of the best has. */
const leastOfBest = (scores: Float64Array, count: number): number => {
  if (count >= scores.length || count < 1) return -Infinity
  if (count > MOST_PLACED) {
    const sorted = scores.slice().sort()
    return sorted[sorted.length - count] ?? -Infinity
  }
  // The best so far, the least of them first.
  const best = new Float64Array(count).fill(-Infinity)
  for (const score of scores) placeScore(best, score)
  return best[0] ?? -Infinity
}

const placeScore = (best: Float64Array, score: number): void => {
  if (score <= (best[0] ?? 0)) return
  let at = 0
  for (; at + 1 < best.length; at++) {
    const next = best[at + 1] ?? 0
    if (next >= score) break
    best[at] = next
  }
  best[at] = score
}
