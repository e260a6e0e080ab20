import type { Database } from '@athena-memory/db-core'
import { and, eq, gt, inArray } from 'drizzle-orm'
import { lookUp } from '../chunks.ts'
import type { EntityRow } from '../entities/entity.ts'
import { DEFAULT_NAMESPACE } from '../graph-layer.ts'
import { groupBy } from '../group-by.ts'
import { isTrueAt } from '../is-true-at.ts'
import { inScope } from '../relations/find-relations.ts'

/** What to write out. */
export interface ExportOptions {
  readonly projectId: string
  /** Default `default`. */
  readonly namespace?: string | undefined
  /** The moment at which relations and observations must be true; default now. */
  readonly asOf?: Date | undefined
}

/** A namespace as lines of JSON. */
export interface GraphExport {
  readonly text: string
  readonly entities: number
  readonly observations: number
  readonly relations: number
}

/** A namespace in the order in which it was made; see `GraphStore.exportJsonl`. */
export const exportJsonl = (
  db: Database,
  { projectId, namespace = DEFAULT_NAMESPACE, asOf }: ExportOptions,
  now: Date,
): Promise<GraphExport> =>
  db.read(async (snapshot) => {
    const entities = await allEntities(snapshot, { projectId, namespace })
    const ids = entities.map(({ id }) => id)
    const at = asOf ?? now
    const observations = await allObservations(snapshot, ids, at)
    const relations = await allRelations(snapshot, ids, at)
    const told = groupBy(observations, ({ entityId }) => entityId)
    const lines = [
      ...entities.map(({ id, name, entityType }) => ({
        type: 'entity',
        name,
        entityType,
        observations: told.get(id)?.map(({ content }) => content) ?? [],
      })),
      ...relations.flatMap(relationLines(entities)),
    ]
    return {
      text: lines.map((line) => JSON.stringify(line)).join('\n'),
      entities: entities.length,
      observations: observations.length,
      relations: lines.length - entities.length,
    }
  })

/** Rows of one statement. */
const BLOCK_ROWS = 5000

const allEntities = async (
  { query, tables: { entities } }: Database,
  { projectId, namespace }: { projectId: string; namespace: string },
): Promise<EntityRow[]> => {
  const rows: EntityRow[] = []
  for (let last = ''; ; last = rows.at(-1)?.id ?? last) {
    const block = await query
      .select()
      .from(entities)
      .where(
        and(
          eq(entities.projectId, projectId),
          eq(entities.namespace, namespace),
          gt(entities.id, last),
        ),
      )
      .orderBy(entities.id)
      .limit(BLOCK_ROWS)
    rows.push(...block)
    if (block.length < BLOCK_ROWS) return rows
  }
}

const allObservations = (
  { query, tables: { observations } }: Database,
  entityIds: readonly string[],
  at: Date,
) =>
  lookUp(entityIds, (chunk) =>
    query
      .select({ entityId: observations.entityId, content: observations.content })
      .from(observations)
      .where(and(inArray(observations.entityId, chunk), isTrueAt(observations, at)))
      .orderBy(observations.entityId, observations.observedAt, observations.id),
  )

/** A relation by its ends. */
interface Tie {
  readonly fromId: string
  readonly toId: string
  readonly relationType: string
}

const allRelations = async (
  { query, tables: { relations } }: Database,
  entityIds: readonly string[],
  at: Date,
): Promise<Tie[]> => {
  const { id, fromId, toId, relationType } = relations
  const rows = await lookUp(entityIds, (chunk) =>
    query
      .select({ id, fromId, toId, relationType })
      .from(relations)
      .where(and(inArray(fromId, chunk), inScope(relations, { asOf: at })))
      .orderBy(id),
  )
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Relations inside the namespace; types stand with names that several entities have. */
const relationLines = (entities: readonly EntityRow[]) => {
  const byId = new Map(entities.map((entity) => [entity.id, entity]))
  const named = groupBy(entities, ({ name }) => name)
  const isAmbiguous = ({ name }: EntityRow): boolean => (named.get(name)?.length ?? 0) > 1
  return ({ fromId, toId, relationType }: Tie) => {
    const [from, to] = [byId.get(fromId), byId.get(toId)]
    if (!from || !to) return []
    return [
      {
        type: 'relation',
        from: from.name,
        to: to.name,
        relationType,
        ...(isAmbiguous(from) && { fromType: from.entityType }),
        ...(isAmbiguous(to) && { toType: to.entityType }),
      },
    ]
  }
}
