import { pageOf, wrongCursor } from '../page.ts'
import type { StoreContext } from '../store-context.ts'
import { type Component, leastActiveFirst } from './capacity.ts'
import { findItems } from './find-items.ts'
import { toItem, type WorkingItem } from './item.ts'

/** Which items to list. */
export interface ItemListOptions {
  readonly projectId: string
  readonly component?: Component | undefined
  /** Default 0: faded items too. */
  readonly minActivation?: number | undefined
  /** Default 20. */
  readonly limit?: number | undefined
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined
}

/** A page of items. */
export interface ItemPage {
  readonly items: WorkingItem[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

const DEFAULT_LIMIT = 20

/** What is in mind, the most active first; see `ItemMethods.list`. */
export const listItems = async (
  { db, now }: StoreContext,
  options: ItemListOptions,
): Promise<ItemPage> => {
  const { projectId, component, minActivation = 0, limit = DEFAULT_LIMIT, cursor } = options
  const last = cursor === undefined ? undefined : fromCursor(cursor)
  // Every page is as of the first: activations change from moment to moment, and with them the order.
  const at = last?.at ?? now()
  const items = (await findItems(db, { projectId, component }))
    .map((row) => toItem(row, at))
    .filter(({ activation }) => activation >= minActivation)
    .toSorted((one, other) => leastActiveFirst(other, one))
    .filter((item) => !last || leastActiveFirst(item, last) < 0)
  const page = pageOf(items, limit, (item) => toCursor(at, item))
  return { items: page.rows, nextCursor: page.nextCursor }
}

interface Place {
  readonly at: Date
  readonly activation: number
  readonly id: string
}

const toCursor = (at: Date, { activation, id }: WorkingItem): string =>
  `${at.getTime()}:${activation}:${id}`

const fromCursor = (cursor: string): Place => {
  const [, at, activation, id] = /^(\d{1,15}):([\d.e-]+):(.+)$/s.exec(cursor) ?? []
  if (id !== undefined && Number.isFinite(Number(activation))) {
    return { at: new Date(Number(at)), activation: Number(activation), id }
  }
  throw wrongCursor()
}

/** Which part of the workspace to list. */
export interface WorkspaceOptions {
  readonly projectId: string
  /** Only what lies in it, at any depth; default: everything. */
  readonly directory?: string | undefined
  /** Default 20. */
  readonly limit?: number | undefined
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined
}

/** Files and directories in mind, by path; see `ItemMethods.workspace`. */
export const listWorkspace = async (
  { db, now }: StoreContext,
  { projectId, directory, limit = DEFAULT_LIMIT, cursor = '' }: WorkspaceOptions,
): Promise<ItemPage> => {
  const rows = await findItems(db, { projectId, component: 'visuospatial' })
  const prefix = directory === undefined ? '' : `${directory.replace(/\/+$/, '')}/`
  const tracked = rows
    .flatMap((row) => (row.path === null ? [] : [{ ...toItem(row, now()), path: row.path }]))
    .filter(({ path }) => path.startsWith(prefix) && path > cursor)
    .toSorted((one, other) => (one.path < other.path ? -1 : 1))
  const page = pageOf(tracked, limit, ({ path }) => path)
  return { items: page.rows, nextCursor: page.nextCursor }
}
