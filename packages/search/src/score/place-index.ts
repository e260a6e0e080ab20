import type { Candidate, Group } from './candidate.ts'

/** Finds candidates by where they stand in their groups; `NOBODY` for a place where none does. */
export type PlaceIndex = (group: Group, position: number) => number

/** Stands for nobody among the candidates. */
export const NOBODY = -1

/**
 * An index of candidates by group and position: an open-addressed hash table, since maps within maps took
 * as long to fill as all texts to score. Of two at one place the newer one is found.
 */
export const indexPlaces = (candidates: readonly Candidate[]): PlaceIndex => {
  const mask = 2 ** Math.ceil(Math.log2(2 * candidates.length + 1)) - 1
  const slots = new Int32Array(mask + 1).fill(NOBODY)
  // Beside each other: to look into the candidates themselves takes twice as long.
  const groups = new Float64Array(candidates.length)
  const positions = new Float64Array(candidates.length)

  /** The slot of whoever stands at a place, or the free one for it. */
  const slotOf = (group: number, position: number): number => {
    for (let slot = hash(group, position) & mask; ; slot = (slot + 1) & mask) {
      const at = slots[slot] ?? NOBODY
      if (at === NOBODY || (groups[at] === group && positions[at] === position)) return slot
    }
  }

  const rowNumberAt = (at: number) =>
    at === NOBODY ? -Infinity : (candidates[at]?.rowNumber ?? -Infinity)

  for (let at = 0; at < candidates.length; at++) {
    const { group, position, rowNumber = 0 } = candidates[at] ?? {}
    if (group === undefined || position === undefined) continue
    groups[at] = group.number
    positions[at] = position
    const slot = slotOf(group.number, position)
    if (rowNumber > rowNumberAt(slots[slot] ?? NOBODY)) slots[slot] = at
  }
  return (group, position) => slots[slotOf(group.number, position)] ?? NOBODY
}

/** Mixes two numbers; the multipliers are those of xxHash. */
const hash = (group: number, position: number): number => {
  const mixed = Math.imul(group, 0x9e3779b1) ^ Math.imul(position, 0x85ebca77)
  return mixed ^ (mixed >>> 15)
}
