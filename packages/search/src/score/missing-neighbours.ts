import type { Candidate, Group } from './candidate.ts'
import { NEIGHBOUR_REACH } from './neighbour-context.ts'

/** A place in a group. */
export interface GroupPlace {
  readonly group: Group
  readonly position: number
}

/** The places within reach of the `focus` at which none of the `known` candidates stands. */
export const missingNeighbours = (
  focus: readonly Candidate[],
  known: readonly Candidate[],
): GroupPlace[] => {
  const taken = new Map<Group, Set<number>>()
  for (const { group } of focus) if (group) taken.set(group, new Set())
  for (const { group, position } of known) {
    if (group && position !== undefined) taken.get(group)?.add(position)
  }
  return focus.flatMap((candidate) => takePlacesAround(candidate, taken))
}

const takePlacesAround = (
  { group, position }: Candidate,
  taken: ReadonlyMap<Group, Set<number>>,
): GroupPlace[] => {
  const places: GroupPlace[] = []
  if (group === undefined || position === undefined) return places
  const known = taken.get(group) ?? new Set()
  for (let at = position - NEIGHBOUR_REACH; at <= position + NEIGHBOUR_REACH; at++) {
    if (at === position || known.has(at)) continue
    known.add(at)
    places.push({ group, position: at })
  }
  return places
}
