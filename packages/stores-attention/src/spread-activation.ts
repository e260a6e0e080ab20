import { type ItemRef, keyOf } from '@athena-memory/db-core/stores'

/** How activation spreads: what a step leaves of it, how far it goes, what is too little to go on. */
export const SPREADING = { decay: 0.7, hops: 3, threshold: 0.1 } as const

/** Overrides of `SPREADING`. */
export interface SpreadingParameters {
  readonly decay?: number | undefined
  readonly threshold?: number | undefined
}

/** An item that activation has reached. */
export interface ActivatedItem extends ItemRef {
  /** From 0 to 1. */
  readonly activation: number
  /** Steps from the nearest source, from 1. */
  readonly hop: number
  /** The item that gave it most when it was first reached. */
  readonly via: ItemRef
}

/** An item that passes activation on. */
export interface Source extends ItemRef {
  readonly activation: number
}

/** A way for activation, with a strength from 0 to 1. */
export interface Way {
  readonly from: ItemRef
  readonly to: ItemRef
  readonly strength: number
}

/** What an item gets in one step, and from whom most of it. */
export interface Receipt {
  readonly item: ItemRef
  readonly activation: number
  readonly via: ItemRef
}

/**
 * One step of spreading activation (Collins and Loftus 1975): each source gives each neighbour
 * activation · strength · decay along the strongest way between the two, times what inhibition leaves
 * of it. What is under the threshold is lost, the rest adds up to at most 1.
 *
 * @param inhibition how inhibited an item is, from 0 to 1
 */
export const passOn = (
  sources: readonly Source[],
  ways: readonly Way[],
  parameters: FlowParameters = {},
): Map<string, Receipt> => {
  const received = new Map<string, Receipt>()
  for (const { from, to, amount } of flowsAlong(sources, strongestWays(ways), parameters)) {
    const { activation, via } = received.get(keyOf(to)) ?? { activation: 0, via: from }
    received.set(keyOf(to), { item: to, activation: Math.min(activation + amount, 1), via })
  }
  return received
}

interface FlowParameters extends SpreadingParameters {
  readonly inhibition?: (item: ItemRef) => number
}

/** What is enough to count, the most first. */
const flowsAlong = (
  sources: readonly Source[],
  ways: readonly Way[],
  { decay = SPREADING.decay, threshold = SPREADING.threshold, inhibition }: FlowParameters,
) => {
  const active = new Map(sources.map((source) => [keyOf(source), source.activation]))
  return ways
    .map(({ from, to, strength }) => {
      const left = 1 - (inhibition?.(to) ?? 0)
      return { from, to, amount: (active.get(keyOf(from)) ?? 0) * strength * decay * left }
    })
    .filter(({ amount }) => amount > 0 && amount >= threshold)
    .toSorted((a, b) => b.amount - a.amount)
}

/** Two items may be associated in several kinds and both ways: that is still one way between them. */
const strongestWays = (ways: readonly Way[]): Way[] => {
  const strongest = new Map<string, Way>()
  for (const way of ways) {
    const ends = `${keyOf(way.from)} ${keyOf(way.to)}`
    const other = strongest.get(ends)
    if (!other || other.strength < way.strength) strongest.set(ends, way)
  }
  return [...strongest.values()]
}
