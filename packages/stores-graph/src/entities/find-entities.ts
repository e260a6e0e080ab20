import { chunksOf } from '@athena-memory/db-core/stores'
import type { Database } from '@athena-memory/db-core'
import { and, desc, eq, inArray } from 'drizzle-orm'
import { lookUp } from '../chunks.ts'
import { behind, cutPage, DEFAULT_LIMIT, type PageRequest } from '../page.ts'
import { type Entity, type EntityRow, toEntity } from './entity.ts'
import { type EntityDraft, entityKey } from './entity-draft.ts'

/** Which entities to find; all conditions hold for each. */
export interface EntityFilter extends PageRequest {
  readonly projectId: string
  /** The exact name. */
  readonly name?: string | undefined
  readonly entityType?: string | undefined
  readonly namespace?: string | undefined
}

/** A page of entities. */
export interface EntityPage {
  readonly entities: Entity[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

/** A page of a project's entities; see `GraphStore.findEntities`. */
export const findEntities = async (db: Database, filter: EntityFilter): Promise<EntityPage> => {
  const { entities } = db.tables
  const { limit = DEFAULT_LIMIT } = filter
  const found = await db.query
    .select()
    .from(entities)
    .where(
      and(
        eq(entities.projectId, filter.projectId),
        filter.name === undefined ? undefined : eq(entities.name, filter.name),
        filter.entityType === undefined ? undefined : eq(entities.entityType, filter.entityType),
        filter.namespace === undefined ? undefined : eq(entities.namespace, filter.namespace),
        behind(entities.createdAt, entities.id, filter.cursor),
      ),
    )
    .orderBy(desc(entities.createdAt), desc(entities.id))
    .limit(limit + 1)
  const { rows, nextCursor } = cutPage(found, limit, ({ createdAt, id }) => ({
    value: createdAt,
    id,
  }))
  return { entities: rows.map(toEntity), nextCursor }
}

/** The rows with these ids, in no order. */
export const findEntityRows = (
  { query, tables: { entities } }: Database,
  ids: Iterable<string>,
): Promise<EntityRow[]> =>
  lookUp(ids, (chunk) => query.select().from(entities).where(inArray(entities.id, chunk)))

/** Entities by their ids; those that are not there are left out. */
export const entitiesById = async (
  db: Database,
  ids: Iterable<string>,
): Promise<Map<string, Entity>> =>
  new Map((await findEntityRows(db, ids)).map((row) => [row.id, toEntity(row)]))

/** Stored entities that are the same as these, by `entityKey`. */
export const findSame = async (
  { query, tables: { entities } }: Database,
  drafts: readonly EntityDraft[],
): Promise<Map<string, EntityRow>> => {
  const found = new Map<string, EntityRow>()
  const valuesOf = (chunk: readonly EntityDraft[], field: 'projectId' | 'namespace' | 'name') => [
    ...new Set(chunk.map(({ row }) => row[field])),
  ]
  for (const chunk of chunksOf(drafts)) {
    const rows = await query
      .select()
      .from(entities)
      .where(
        and(
          inArray(entities.projectId, valuesOf(chunk, 'projectId')),
          inArray(entities.namespace, valuesOf(chunk, 'namespace')),
          inArray(entities.name, valuesOf(chunk, 'name')),
        ),
      )
    for (const row of rows) found.set(entityKey(row), row)
  }
  return found
}
