import type { Candidate } from './candidate.ts'
import { CONTEXT_LENGTH, WEIGHTS } from './neighbour-context.ts'
import { NOBODY } from './place-index.ts'

/** Candidates that lend to each other, what each has by itself, and who stands next to whom. */
interface Lenders {
  readonly candidates: readonly Candidate[]
  /** NaN for those that have nothing, and lend and borrow nothing. */
  readonly values: Float64Array
  /** As `findNeighbours` found them. */
  readonly neighbours: Int32Array
}

/**
 * Values in the order of candidates, each with what the others lend it as its neighbours: as much as
 * `borrowContext` has them lend stems.
 */
export const borrowValues = (lenders: Lenders): Float64Array =>
  lenders.values.map((value, at) => (Number.isNaN(value) ? value : value + lentTo(at, lenders)))

const lentTo = (borrower: number, { candidates, values, neighbours }: Lenders): number => {
  let lent = 0
  let room = CONTEXT_LENGTH - lengthOf(candidates, borrower)
  for (let place = 0; place < WEIGHTS.length && room > 0; place++) {
    const lender = neighbours[borrower * WEIGHTS.length + place] ?? NOBODY
    const value = values[lender] ?? NaN
    if (Number.isNaN(value)) continue
    const weight = WEIGHTS[place] ?? 0
    const length = lengthOf(candidates, lender)
    lent += weight * Math.min(1, room / Math.max(length, 1)) * value
    room -= weight * length
  }
  return lent
}

const lengthOf = (candidates: readonly Candidate[], at: number): number =>
  candidates[at]?.length ?? 0
