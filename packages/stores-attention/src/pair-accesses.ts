import type { AccessRow } from './access-log.ts'
import type { Association } from './association.ts'
import { hebbianGain, type HebbianParameters, strengthen } from './hebbian.ts'
import { type ItemRef, keyOf } from '@athena-memory/db-core/stores'

/** Two items that were active together. The same two are always in the same order. */
export interface Pair extends Pick<Association, 'from' | 'to' | 'coOccurrences'> {
  /** What all their coactivations add, as `strengthen` takes it. */
  readonly gain: number
  readonly lastCoactivatedAt: Date
}

/** An item that was active at some time. */
export type Access = Pick<AccessRow, 'layer' | 'itemId' | 'activation' | 'sessionId' | 'accessedAt'>

/**
 * The pairs of different items that were active within the window in the same session: each new
 * access with every one before it, new or known. Pairs of known accesses counted when they were new.
 * In the order in which they were first met.
 */
export const pairAccesses = (
  fresh: readonly Access[],
  known: readonly Access[],
  parameters: HebbianParameters = {},
): Pair[] => {
  const pairs = new Map<string, Pair>()
  for (const [index, post] of fresh.entries()) {
    for (const pre of [...known, ...fresh.slice(0, index)]) {
      const gain = gainOf(pre, post, parameters)
      if (gain <= 0) continue
      const [from, to] = inOrder(pre, post)
      const key = `${keyOf(from)} ${keyOf(to)}`
      pairs.set(key, add(pairs.get(key) ?? { ...NOTHING, from, to }, gain, laterOf(pre, post)))
    }
  }
  return [...pairs.values()]
}

const NOTHING = { coOccurrences: 0, gain: 0, lastCoactivatedAt: new Date(0) }

const gainOf = (pre: Access, post: Access, parameters: HebbianParameters): number => {
  const isSame = pre.layer === post.layer && pre.itemId === post.itemId
  if (isSame || pre.sessionId !== post.sessionId) return 0
  const gapMs = post.accessedAt.getTime() - pre.accessedAt.getTime()
  return hebbianGain({ pre: pre.activation, post: post.activation, gapMs }, parameters)
}

const inOrder = (a: Access, b: Access): [ItemRef, ItemRef] => {
  const [first, second] = [toRef(a), toRef(b)]
  return keyOf(first) < keyOf(second) ? [first, second] : [second, first]
}

const toRef = ({ layer, itemId }: Access): ItemRef => ({ layer, id: itemId })

const laterOf = (a: Access, b: Access): Date =>
  a.accessedAt > b.accessedAt ? a.accessedAt : b.accessedAt

const add = (pair: Pair, gain: number, at: Date): Pair => ({
  ...pair,
  coOccurrences: pair.coOccurrences + 1,
  gain: strengthen(pair.gain, gain),
  lastCoactivatedAt: at > pair.lastCoactivatedAt ? at : pair.lastCoactivatedAt,
})
