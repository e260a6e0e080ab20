import type { Database } from '@athena-memory/db-core'
import { checkItem, checkShares, type ItemRef, keyOf } from '@athena-memory/db-core/stores'
import type { FocusLevel } from './focus.ts'
import { readInhibitions } from './inhibit.ts'
import { measureNovelty } from './measure-novelty.ts'
import { levelOf, type SalienceParts, scoreSalience } from './salience.ts'

/** An item, and what the caller knows of it that its text does not show. */
export interface SalienceQuestion extends ItemRef, Omit<SalienceParts, 'novelty'> {}

/** Which items to judge. */
export interface SalienceOptions {
  readonly projectId: string
  readonly items: readonly SalienceQuestion[]
}

/** How much an item stands out, and why. */
export interface SalientItem extends ItemRef {
  /** From 0 to 1; absent where nothing is known to judge it by. */
  readonly salience?: number | undefined
  /** The focus that it deserves; absent with `salience`. */
  readonly level?: FocusLevel | undefined
  readonly parts: SalienceParts
  /** How inhibited it is, from 0 to 1; the salience does not contain it. */
  readonly inhibition: number
}

/** Judges items, the most salient first; see `AttentionStore.salience`. */
export const judgeSalience = (
  db: Database,
  { projectId, items }: SalienceOptions,
  now: Date,
): Promise<SalientItem[]> =>
  db.read(async (snapshot) => {
    for (const { surprise, contradiction, ...item } of items) {
      checkItem('items', item)
      checkShares({ surprise, contradiction })
    }
    const novelties = await measureNovelty(snapshot, projectId, items)
    const inhibitions = await readInhibitions(snapshot, { projectId, items }, now)
    return items
      .map(({ layer, id, surprise, contradiction }) => {
        const key = keyOf({ layer, id })
        const parts = { novelty: novelties.get(key), surprise, contradiction }
        const salience = scoreSalience(parts)
        const level = salience === undefined ? undefined : levelOf(salience)
        return { layer, id, salience, level, parts, inhibition: inhibitions.get(key) ?? 0 }
      })
      .toSorted((a, b) => (b.salience ?? -1) - (a.salience ?? -1))
  })
