import { eraseDerivations } from '@athena-memory/db-core/stores'
import { type Database, StorageError } from '@athena-memory/db-core'
import { count, eq, inArray } from 'drizzle-orm'
import { createWeightedGraph } from '../analysis/weighted-graph.ts'
import { lookUp } from '../chunks.ts'
import type { GraphContext } from '../graph-context.ts'
import { GRAPH_LAYER } from '../graph-layer.ts'
import { findEntityRows } from '../entities/find-entities.ts'
import { loadProjectEdges } from '../relations/edge.ts'
import type { RelationScope } from '../relations/find-relations.ts'
import type { CommunityRow } from './community.ts'
import { type CommunityDraft, draftCommunities } from './community-drafts.ts'
import { partition } from './louvain.ts'

/** In what to look for communities, and how. */
export interface DetectOptions extends RelationScope {
  readonly projectId: string
  /** Above 1 for more and smaller communities, below for fewer and larger ones; default 1. */
  readonly resolution?: number | undefined
  /** Entities that a community of the coarsest level has at least; default 2. */
  readonly minSize?: number | undefined
  /** The same seed finds the same communities; default 42. */
  readonly seed?: number | undefined
}

/** What was found. */
export interface DetectedCommunities {
  /** From the finest level, 0, to the coarsest. */
  readonly levels: { level: number; communities: number; modularity: number }[]
  /** Entities that are in a community. */
  readonly members: number
}

/** Attempts until no entity is forgotten between reading and writing. */
const MAX_ATTEMPTS = 20

/** Finds the communities of a project and stores them; see `GraphStore.detectCommunities`. */
export const detectCommunities = async (
  store: GraphContext,
  options: DetectOptions,
): Promise<DetectedCommunities> => {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const drafts = await findCommunities(store, options)
    const isStored = await store.db.transaction((tx) =>
      storeCommunities(tx, store, { ...options, drafts }),
    )
    if (isStored) return reportOf(drafts)
  }
  throw new StorageError('busy')
}

const findCommunities = async ({ db, now }: GraphContext, options: DetectOptions) => {
  const { projectId, resolution = 1, minSize = 2, seed = 42, relationTypes } = options
  const { asOf = now() } = options
  const graph = createWeightedGraph(await loadProjectEdges(db, { projectId, relationTypes, asOf }))
  return draftCommunities(graph, partition(graph, { resolution, seed }), minSize)
}

const reportOf = (drafts: readonly CommunityDraft[]): DetectedCommunities => {
  const levels = new Map<number, { level: number; communities: number; modularity: number }>()
  for (const { level, modularity } of drafts) {
    const communities = (levels.get(level)?.communities ?? 0) + 1
    levels.set(level, { level, communities, modularity })
  }
  return { levels: [...levels.values()], members: membersOf(drafts).length }
}

const membersOf = (drafts: readonly CommunityDraft[]): string[] =>
  drafts.flatMap(({ level, memberIds }) => (level === 0 ? memberIds : []))

type Found = Pick<DetectOptions, 'projectId'> & { readonly drafts: readonly CommunityDraft[] }

/** Puts communities in the place of those before; false where an entity is not there any more. */
const storeCommunities = async (
  tx: Database,
  { documents, now, newId }: GraphContext,
  { projectId, drafts }: Found,
): Promise<boolean> => {
  const { communities } = tx.tables
  if (!(await areThere(tx, membersOf(drafts)))) return false
  const names = await namesOf(tx, drafts)
  const old = await tx.query.select().from(communities).where(eq(communities.projectId, projectId))
  const rows = toRows(drafts, { projectId, names, old, at: now(), newId })
  const kept = new Set(rows.map(({ id }) => id))
  const gone = old.flatMap(({ id }) => (kept.has(id) ? [] : [id]))
  await documents.remove(tx, { layer: GRAPH_LAYER, sourceIds: gone })
  await eraseDerivations(tx, { layer: GRAPH_LAYER, ids: gone })
  await tx.query.delete(communities).where(eq(communities.projectId, projectId))
  // Parents first.
  await tx.insertRows(communities, rows.toReversed())
  await storeMembers(tx, rows, { drafts, newId })
  return true
}

const areThere = async (
  { query, tables: { entities } }: Database,
  ids: readonly string[],
): Promise<boolean> => {
  const counts = await lookUp(ids, (chunk) =>
    query.select({ found: count() }).from(entities).where(inArray(entities.id, chunk)),
  )
  return counts.reduce((sum, { found }) => sum + found, 0) === ids.length
}

/** The names of the entities that communities are named after. */
const namesOf = async (
  db: Database,
  drafts: readonly CommunityDraft[],
): Promise<Map<string, string>> => {
  const rows = await findEntityRows(
    db,
    drafts.flatMap(({ namedIds }) => namedIds),
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

interface RowContext {
  readonly projectId: string
  readonly names: ReadonlyMap<string, string>
  readonly old: readonly CommunityRow[]
  readonly at: Date
  readonly newId: () => string
}

const UNSUMMARIZED = {
  summary: null,
  summaryMethod: null,
  summaryModel: null,
  summarizedAt: null,
} as const

/** Rows in the order of the drafts. A community of the same members stays the same one, summary and all. */
const toRows = (
  drafts: readonly CommunityDraft[],
  { projectId, names, old, at, newId }: RowContext,
): CommunityRow[] => {
  const known = new Map(old.map((row) => [`${row.level} ${row.memberHash}`, row]))
  const before = drafts.map(({ level, memberHash }) => known.get(`${level} ${memberHash}`))
  const ids = new Map(
    drafts.map(({ level, group }, index) => [`${level} ${group}`, before[index]?.id ?? newId()]),
  )
  return drafts.map((draft, index) => {
    const { level, group, parentGroup, memberHash, memberIds, namedIds } = draft
    const { internalEdges, externalEdges, density, modularity } = draft
    const same = before[index]
    return {
      ...UNSUMMARIZED,
      ...(same && summaryOf(same)),
      id: ids.get(`${level} ${group}`) ?? newId(),
      projectId,
      level,
      parentId: ids.get(`${level + 1} ${parentGroup}`) ?? null,
      label: namedIds.flatMap((id) => names.get(id) ?? []).join(', '),
      memberHash,
      memberCount: memberIds.length,
      density,
      internalEdges,
      externalEdges,
      modularity,
      detectedAt: at,
      createdAt: same?.createdAt ?? at,
      updatedAt: at,
    }
  })
}

const summaryOf = ({ summary, summaryMethod, summaryModel, summarizedAt }: CommunityRow) => ({
  summary,
  summaryMethod,
  summaryModel,
  summarizedAt,
})

/** Members of the finest level; those of the others follow from it. */
const storeMembers = async (
  tx: Database,
  rows: readonly CommunityRow[],
  { drafts, newId }: { drafts: readonly CommunityDraft[]; newId: () => string },
): Promise<void> => {
  const members = rows.flatMap(({ id: communityId, projectId, level, updatedAt: at }, index) =>
    (level === 0 ? (drafts[index]?.memberIds ?? []) : []).map((entityId) => ({
      id: newId(),
      projectId,
      communityId,
      entityId,
      createdAt: at,
      updatedAt: at,
    })),
  )
  await tx.insertRows(tx.tables.communityMembers, members)
}
