import { type Database, StorageError } from '@athena-memory/db-core'
import { and, asc, eq, inArray, type SQL } from 'drizzle-orm'
import type { Component } from './capacity.ts'
import type { ItemRow } from './item.ts'

/** The row of an item. */
export const findItem = async (
  { query, tables: { workingItems } }: Database,
  id: string,
): Promise<ItemRow | undefined> => {
  const [row] = await query.select().from(workingItems).where(eq(workingItems.id, id)).limit(1)
  return row
}

/** Which items of a project are meant: all unless more is said. */
export interface ItemFilter {
  readonly projectId: string
  readonly component?: Component | undefined
  readonly ids?: readonly string[] | undefined
}

/** Items by project, component and ids, as a condition. */
export const ofItems = (
  { tables: { workingItems } }: Database,
  { projectId, component, ids }: ItemFilter,
): SQL | undefined =>
  and(
    eq(workingItems.projectId, projectId),
    component && eq(workingItems.component, component),
    ids && inArray(workingItems.id, [...ids]),
  )

/** Rows of items, by id. There are never more than the components hold. */
export const findItems = (db: Database, filter: ItemFilter): Promise<ItemRow[]> => {
  const { workingItems } = db.tables
  return db.query
    .select()
    .from(workingItems)
    .where(ofItems(db, filter))
    .orderBy(asc(workingItems.id))
}

/** What is said of ids that are of no item, or not of this project. */
export const itemsGone = (field: string): StorageError =>
  new StorageError('missing-reference', {
    detail: `${field} must be items of the project that are in working memory`,
  })
