import type { Candidate, Group } from './candidate.ts'
import { DISTANCES } from './neighbour-context.ts'

/** A place in a group. */
export interface GroupPlace {
  readonly group: Group
  readonly position: number
}

/** The places within reach of candidates at which their neighbours stand, each once. */
export const placesAround = (candidates: readonly Candidate[]): GroupPlace[] => {
  const seen = new Map<Group, Set<number>>()
  const places: GroupPlace[] = []
  for (const { group, position } of candidates) {
    if (group === undefined || position === undefined) continue
    const positions = seen.get(group) ?? new Set()
    seen.set(group, positions)
    for (const distance of DISTANCES) {
      const around = position + distance
      if (positions.has(around)) continue
      positions.add(around)
      places.push({ group, position: around })
    }
  }
  return places
}
