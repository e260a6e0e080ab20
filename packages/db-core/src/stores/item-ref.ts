import { StorageError } from '../storage-error.ts'
import { and, type Column, eq, inArray, or, type SQL, sql } from 'drizzle-orm'

/** A row of any layer, by its name alone. */
export interface ItemRef {
  /** In kebab-case, such as `semantic`. */
  readonly layer: string
  readonly id: string
}

/** What a layer may be called. */
export const LAYER_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

/** A text key for maps and comparisons: no layer's name has a colon. */
export const keyOf = ({ layer, id }: ItemRef): string => `${layer}:${id}`

/** The item alone, without whatever else an object says about it. */
export const refOf = ({ layer, id }: ItemRef): ItemRef => ({ layer, id })

/**
 * Refuses what is no name of a row.
 *
 * @throws StorageError `invalid` that names the field
 */
export const checkItem = (field: string, { layer, id }: ItemRef): void => {
  if (!LAYER_NAME.test(layer)) {
    throw new StorageError('invalid', { detail: `${field}.layer must be in kebab-case` })
  }
  if (id === '') throw new StorageError('invalid', { detail: `${field}.id must not be empty` })
}

/** Rows whose columns name one of these items, as a condition; no items match no row. */
export const namesItem = (
  columns: { readonly layer: Column; readonly id: Column },
  items: readonly ItemRef[],
): SQL | undefined => {
  if (items.length === 0) return sql`1 = 0`
  return or(
    ...[...idsByLayer(items)].map(([layer, ids]) =>
      and(eq(columns.layer, layer), inArray(columns.id, [...ids])),
    ),
  )
}

const idsByLayer = (items: readonly ItemRef[]): Map<string, Set<string>> => {
  const ids = new Map<string, Set<string>>()
  for (const { layer, id } of items) ids.set(layer, (ids.get(layer) ?? new Set()).add(id))
  return ids
}
