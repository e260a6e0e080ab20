import type { Database } from '@athena-memory/db-core'
import type { AssociationKind } from './association.ts'
import { checkItem, checkShares, DEFAULT_LIMIT, keyOf, refOf } from '@athena-memory/db-core/stores'
import { type Direction, findEdges } from './find-neighbours.ts'
import { readInhibitions } from './inhibit.ts'
import type { ActiveItem } from './active-item.ts'
import {
  type ActivatedItem,
  passOn,
  type Receipt,
  type Source,
  SPREADING,
  type SpreadingParameters,
} from './spread-activation.ts'

/** Where activation starts and how it spreads. */
export interface SpreadOptions extends SpreadingParameters {
  readonly projectId: string
  /** Activation 1 unless they say otherwise. */
  readonly sources: readonly ActiveItem[]
  /** Steps away from the sources; default 3. */
  readonly hops?: number | undefined
  /** Default: any. */
  readonly kinds?: readonly AssociationKind[] | undefined
  /** Default `both`. */
  readonly direction?: Direction | undefined
  /** Default 20. */
  readonly limit?: number | undefined
}

/** The most items that pass activation on in one step, the most active. */
const MAX_FRONTIER = 500

interface Reached extends ActivatedItem {
  /** 0 for sources. */
  readonly hop: number
}

/** What comes to mind; see `AttentionStore.spread`. */
export const spread = (db: Database, options: SpreadOptions, now: Date): Promise<ActivatedItem[]> =>
  db.read(async (snapshot) => {
    const inhibition = await readInhibitions(snapshot, { projectId: options.projectId }, now)
    const reached = startAt(options.sources)
    let wave: Source[] = [...reached.values()]
    for (let hop = 1; hop <= (options.hops ?? SPREADING.hops) && wave.length > 0; hop += 1) {
      const edges = await findEdges(snapshot, { ...edgeFilter(options), items: wave })
      const ways = edges.map(({ from, to, association: { strength } }) => ({ from, to, strength }))
      const receipts = passOn(wave, ways, {
        ...options,
        inhibition: (item) => inhibition.get(keyOf(item)) ?? 0,
      })
      wave = absorb(reached, receipts, hop).toSorted(byActivation).slice(0, MAX_FRONTIER)
    }
    return [...reached.values()]
      .filter(({ hop }) => hop > 0)
      .toSorted(byActivation)
      .slice(0, options.limit ?? DEFAULT_LIMIT)
  })

/** Nothing gets more activation than the association is strong. */
const edgeFilter = ({ projectId, kinds, direction, threshold }: SpreadOptions) => ({
  projectId,
  kinds,
  direction,
  minStrength: threshold ?? SPREADING.threshold,
})

const startAt = (sources: readonly ActiveItem[]): Map<string, Reached> => {
  const reached = new Map<string, Reached>()
  for (const source of sources) {
    const { activation = 1 } = source
    checkShares({ activation })
    checkItem('sources', source)
    const item = refOf(source)
    const before = reached.get(keyOf(item))?.activation ?? 0
    const most = Math.max(activation, before)
    reached.set(keyOf(item), { ...item, activation: most, hop: 0, via: item })
  }
  return reached
}

/**
 * Adds what a step brought, and answers the items that were reached for the first time: they pass it
 * on in the next. Activation never flows back to what an earlier step had reached.
 */
const absorb = (
  reached: Map<string, Reached>,
  receipts: ReadonlyMap<string, Receipt>,
  hop: number,
): Source[] => {
  const fresh: Source[] = []
  for (const [key, { item, activation, via }] of receipts) {
    const before = reached.get(key)
    if (!before) {
      reached.set(key, { ...item, activation, hop, via })
      fresh.push({ ...item, activation })
    } else if (before.hop === hop - 1) {
      reached.set(key, { ...before, activation: Math.min(before.activation + activation, 1) })
    }
  }
  return fresh
}

/** The most active first; keys tell equals apart. */
const byActivation = (a: Source, b: Source): number =>
  b.activation - a.activation || (keyOf(a) < keyOf(b) ? -1 : 1)
