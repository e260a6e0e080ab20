import type { Database } from '@athena-memory/db-core'
import type { Association, AssociationKind } from './association.ts'
import { type Direction, type Edge, findEdges, MIN_STRENGTH } from './find-neighbours.ts'
import { type ItemRef, keyOf, refOf } from '@athena-memory/db-core/stores'

/** Between which items. */
export interface PathOptions {
  readonly projectId: string
  readonly from: ItemRef
  readonly to: ItemRef
  /** The most steps; default 5. */
  readonly maxDepth?: number | undefined
  /** Default: any. */
  readonly kinds?: readonly AssociationKind[] | undefined
  /** Default `both`. */
  readonly direction?: Direction | undefined
  /** Default .1. */
  readonly minStrength?: number | undefined
}

/** How one item leads to another. */
export interface AssociationPath {
  /** From the first to the last, both included. */
  readonly items: ItemRef[]
  /** One fewer than items. */
  readonly associations: Association[]
  /** The product of all strengths; 1 from an item to itself. */
  readonly strength: number
}

export const MAX_DEPTH = 5

/** The most items that are looked at in one step, those reached by the strongest associations. */
const MAX_FRONTIER = 500

/** The path of the fewest steps, the strongest of several; see `AttentionStore.path`. */
export const findPath = (
  db: Database,
  options: PathOptions,
): Promise<AssociationPath | undefined> =>
  db.read(async (snapshot) => {
    const { from, to, maxDepth = MAX_DEPTH, minStrength = MIN_STRENGTH } = options
    const { projectId, kinds, direction } = options
    const start = { items: [refOf(from)], associations: [], strength: 1 }
    const found = new Map<string, AssociationPath>([[keyOf(from), start]])
    let frontier: ItemRef[] = [from]
    for (let depth = 0; depth < maxDepth && frontier.length > 0; depth += 1) {
      if (found.has(keyOf(to))) break
      const edges = await findEdges(snapshot, {
        projectId,
        kinds,
        direction,
        minStrength,
        items: frontier,
      })
      const next = extend(found, edges)
      for (const [key, path] of next) found.set(key, path)
      frontier = [...next.values()]
        .toSorted((a, b) => b.strength - a.strength)
        .slice(0, MAX_FRONTIER)
        .flatMap(({ items }) => items.at(-1) ?? [])
    }
    return found.get(keyOf(to))
  })

/** The strongest path to each item that was not found before. */
const extend = (
  found: ReadonlyMap<string, AssociationPath>,
  edges: readonly Edge[],
): Map<string, AssociationPath> => {
  const next = new Map<string, AssociationPath>()
  for (const { from, to, association } of edges) {
    const before = found.get(keyOf(from))
    if (!before || found.has(keyOf(to))) continue
    const strength = before.strength * association.strength
    if (strength <= (next.get(keyOf(to))?.strength ?? -1)) continue
    next.set(keyOf(to), {
      items: [...before.items, to],
      associations: [...before.associations, association],
      strength,
    })
  }
  return next
}
