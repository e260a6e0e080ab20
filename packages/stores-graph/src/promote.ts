import { type Database, StorageError } from '@athena-memory/db-core'
import type { Tables } from '@athena-memory/db-core'
import { guardFields } from '@athena-memory/db-core/secrets'
import { and, desc, eq, inArray, or } from 'drizzle-orm'
import { checkOptional, checkText } from './check-values.ts'
import { tagsOf } from './entities/entity-document.ts'
import { type Entity, toEntity } from './entities/entity.ts'
import type { GraphContext } from './graph-context.ts'
import { GRAPH_LAYER } from './graph-layer.ts'
import { behind, cutPage, DEFAULT_LIMIT, type PageRequest } from './page.ts'

/** Where to move an entity, and why. */
export interface PromoteOptions {
  readonly namespace: string
  readonly reason?: string | undefined
}

/** A move of an entity from one namespace to another. */
export interface Promotion {
  readonly id: string
  readonly projectId: string
  readonly entityId: string
  readonly fromNamespace: string
  readonly toNamespace: string
  readonly reason?: string | undefined
  readonly promotedAt: Date
}

/** An entity where it is now, and the move that brought it there. */
export interface Promoted {
  readonly entity: Entity
  /** Absent where it was there already. */
  readonly promotion?: Promotion | undefined
}

/** Moves an entity to another namespace; see `GraphStore.promote`. */
export const promote = async (
  { db, now, newId, secretPolicy }: GraphContext,
  id: string,
  given: PromoteOptions,
): Promise<Promoted | undefined> => {
  const toNamespace = checkText('namespace', given.namespace)
  const { fields } = guardFields({ reason: given.reason }, secretPolicy)
  const reason = checkOptional('reason', fields.reason)
  return db.transaction(async (tx) => {
    const { entities, promotions } = tx.tables
    const [old] = await tx.query.select().from(entities).where(eq(entities.id, id)).limit(1)
    if (!old) return undefined
    if (old.namespace === toNamespace) return { entity: toEntity(old) }
    const at = now()
    await assertFree(tx, { ...old, namespace: toNamespace })
    const [moved] = await tx.query
      .update(entities)
      .set({ namespace: toNamespace, updatedAt: at })
      .where(eq(entities.id, id))
      .returning()
    const row = { id: newId(), projectId: old.projectId, entityId: id, reason, toNamespace }
    const [logged] = await tx.query
      .insert(promotions)
      .values({
        ...row,
        fromNamespace: old.namespace,
        promotedAt: at,
        createdAt: at,
        updatedAt: at,
      })
      .returning()
    if (!moved || !logged) throw new StorageError('busy')
    await retag(tx, toEntity(moved))
    return { entity: toEntity(moved), promotion: toPromotion(logged) }
  })
}

const assertFree = async (
  { query, tables: { entities } }: Database,
  { projectId, namespace, entityType, name }: Entity,
): Promise<void> => {
  const [other] = await query
    .select({ id: entities.id })
    .from(entities)
    .where(
      and(
        eq(entities.projectId, projectId),
        eq(entities.namespace, namespace),
        eq(entities.entityType, entityType),
        eq(entities.name, name),
      ),
    )
    .limit(1)
  if (!other) return
  const detail = `namespace must not hold an entity of the same type and name, but holds ${other.id}`
  throw new StorageError('conflict', { detail })
}

/** Brings the documents of an entity and of what is observed of it in line with its namespace. */
const retag = async (
  { query, tables: { documents, observations } }: Database,
  entity: Entity,
): Promise<void> => {
  const observed = query
    .select({ id: observations.id })
    .from(observations)
    .where(eq(observations.entityId, entity.id))
  await query
    .update(documents)
    .set({ tags: tagsOf(entity), updatedAt: entity.updatedAt })
    .where(
      and(
        eq(documents.layer, GRAPH_LAYER),
        or(eq(documents.sourceId, entity.id), inArray(documents.sourceId, observed)),
      ),
    )
}

const toPromotion = (row: Tables['promotions']['$inferSelect']): Promotion => ({
  id: row.id,
  projectId: row.projectId,
  entityId: row.entityId,
  fromNamespace: row.fromNamespace,
  toNamespace: row.toNamespace,
  reason: row.reason ?? undefined,
  promotedAt: row.promotedAt,
})

/** Which moves to list. */
export interface PromotionFilter extends PageRequest {
  readonly projectId: string
  readonly entityId?: string | undefined
}

/** A page of moves. */
export interface PromotionPage {
  readonly promotions: Promotion[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

/** A page of the moves of a project; see `GraphStore.promotions`. */
export const listPromotions = async (
  { query, tables: { promotions } }: Database,
  { projectId, entityId, limit = DEFAULT_LIMIT, cursor }: PromotionFilter,
): Promise<PromotionPage> => {
  const found = await query
    .select()
    .from(promotions)
    .where(
      and(
        eq(promotions.projectId, projectId),
        entityId === undefined ? undefined : eq(promotions.entityId, entityId),
        behind(promotions.promotedAt, promotions.id, cursor),
      ),
    )
    .orderBy(desc(promotions.promotedAt), desc(promotions.id))
    .limit(limit + 1)
  const { rows, nextCursor } = cutPage(found, limit, ({ promotedAt, id }) => ({
    value: promotedAt,
    id,
  }))
  return { promotions: rows.map(toPromotion), nextCursor }
}
