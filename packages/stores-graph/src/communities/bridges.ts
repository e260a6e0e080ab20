import type { Database } from '@athena-memory/db-core'
import { eq, sql } from 'drizzle-orm'
import type { Entity } from '../entities/entity.ts'
import { entitiesById } from '../entities/find-entities.ts'
import { compareTexts, type Edge, loadProjectEdges } from '../relations/edge.ts'
import type { RelationScope } from '../relations/find-relations.ts'

/** Which bridges to find. */
export interface BridgeOptions extends RelationScope {
  readonly projectId: string
  /** Level of the communities, 0, the default, for the finest. */
  readonly level?: number | undefined
  /** Other communities that a bridge leads to at least; default 1. */
  readonly minCommunities?: number | undefined
  /** Default 20. */
  readonly limit?: number | undefined
}

/** An entity that ties its community to others. */
export interface Bridge {
  readonly entity: Entity
  /** The community that it is in. */
  readonly communityId: string
  /** The other ones that it is related into, by rising ids. */
  readonly reachedIds: string[]
  /** Its relations into them. */
  readonly relations: number
}

/** The entities that hold communities together; see `GraphStore.bridges`. */
export const findBridges = (db: Database, options: BridgeOptions, now: Date): Promise<Bridge[]> =>
  db.read(async (snapshot) => {
    const { projectId, level = 0, minCommunities = 1, limit = 20 } = options
    const { relationTypes, asOf = now } = options
    const communityOf = await membership(snapshot, projectId, level)
    const edges = await loadProjectEdges(snapshot, { projectId, relationTypes, asOf })
    const best = [...crossings(edges, communityOf)]
      .filter(([, { reached }]) => reached.size >= minCommunities)
      .sort(
        ([idA, a], [idB, b]) =>
          b.reached.size - a.reached.size || b.relations - a.relations || compareTexts(idA, idB),
      )
      .slice(0, limit)
    const entities = await entitiesById(
      snapshot,
      best.map(([id]) => id),
    )
    return best.flatMap(([id, { reached, relations }]) => {
      const [entity, communityId] = [entities.get(id), communityOf.get(id)]
      const reachedIds = [...reached].sort(compareTexts)
      return entity && communityId ? [{ entity, communityId, reachedIds, relations }] : []
    })
  })

interface Crossing {
  readonly reached: Set<string>
  relations: number
}

const crossings = (
  edges: readonly Edge[],
  communityOf: ReadonlyMap<string, string>,
): Map<string, Crossing> => {
  const found = new Map<string, Crossing>()
  for (const { fromId, toId } of edges) {
    for (const [near, far] of [
      [fromId, toId],
      [toId, fromId],
    ] as const) {
      const reached = communityOf.get(far)
      const own = communityOf.get(near)
      if (reached === undefined || own === undefined || reached === own) continue
      const crossing = found.get(near) ?? { reached: new Set(), relations: 0 }
      crossing.reached.add(reached)
      crossing.relations += 1
      found.set(near, crossing)
    }
  }
  return found
}

/** The community of a level that each entity of a project is in. */
const membership = async (
  { query, tables: { communities, communityMembers } }: Database,
  projectId: string,
  level: number,
): Promise<Map<string, string>> => {
  const rows = await query
    .select({ id: communities.id, level: communities.level, parentId: communities.parentId })
    .from(communities)
    .where(eq(communities.projectId, projectId))
  const byId = new Map(rows.map((row) => [row.id, row]))
  const atLevel = (id: string): string | undefined => {
    const row = byId.get(id)
    if (!row || row.level === level) return row?.id
    return row.parentId === null ? undefined : atLevel(row.parentId)
  }
  const members = await query
    .select({
      communityId: communityMembers.communityId,
      // One text for each community: drivers are slow with rows.
      ids: sql<string>`string_agg(${communityMembers.entityId}, cast(${'\t'} as text))`,
    })
    .from(communityMembers)
    .where(eq(communityMembers.projectId, projectId))
    .groupBy(communityMembers.communityId)
  return new Map(
    members.flatMap(({ communityId, ids }) => {
      const community = atLevel(communityId)
      return community === undefined
        ? []
        : ids.split('\t').map((id): [string, string] => [id, community])
    }),
  )
}
