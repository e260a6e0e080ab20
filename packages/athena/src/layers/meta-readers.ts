import type { Database } from '@athena-memory/db-core'
import type {
  DomainFigures,
  DomainOutcomes,
  LayerReader,
  MetaReaders,
  ReaderScope,
  WorkingLoad,
} from '@athena-memory/stores-meta'
import { CAPACITIES } from '@athena-memory/stores-working'
import {
  and,
  avg,
  type Column,
  count,
  desc,
  eq,
  gte,
  inArray,
  isNotNull,
  isNull,
  min,
  type SQL,
  sql,
} from 'drizzle-orm'

/** Domains are those of semantic memory. What other layers hold belongs to one by its type. */
const PLANNING = ['decision', 'arch_decision', 'goal', 'task', 'plan', 'milestone', 'project']
const CODE = [
  'code_edit',
  'file_change',
  'commit',
  'merge_conflict',
  'refactoring',
  'dependency_change',
  'debugging',
  'bug_discovery',
  'test_run',
  'perf_profile',
  'code_review',
  'symbol_lookup',
  'deployment',
  'file',
  'function',
  'class',
  'module',
  'package',
  'library',
  'component',
  'repository',
]

const domainOf = (type: Column): SQL<string> =>
  sql<string>`case when ${inArray(type, CODE)} then 'code' when ${inArray(type, PLANNING)} then 'planning' else 'memory' end`

const wanted = (domain: SQL<string> | Column, scope: ReaderScope): SQL | undefined =>
  scope.domain === undefined ? undefined : sql`${domain} = ${scope.domain}`

interface FoundFigures {
  readonly domain: string
  readonly count: number
  readonly meanConfidence?: number | null
  readonly meanUsefulness?: number | null
  readonly firstSeenAt: Date | null
}

const toFigures = (found: FoundFigures): DomainFigures => ({
  domain: found.domain,
  count: found.count,
  meanConfidence: found.meanConfidence ?? undefined,
  meanUsefulness: found.meanUsefulness ?? undefined,
  firstSeenAt: found.firstSeenAt ?? undefined,
})

const semantic: LayerReader = {
  layer: 'semantic',
  countsAs: 'memories',
  async domains({ query, tables: { memories } }, scope) {
    const { domain, confidence, usefulness, createdAt, projectId, supersededAt } = memories
    const rows = await query
      .select({
        domain,
        count: count(),
        meanConfidence: avg(confidence).mapWith(Number),
        meanUsefulness: avg(usefulness).mapWith(Number),
        firstSeenAt: min(createdAt),
      })
      .from(memories)
      .where(and(eq(projectId, scope.projectId), isNull(supersededAt), wanted(domain, scope)))
      .groupBy(domain)
      .orderBy(desc(count()), domain)
      .limit(scope.limit)
    return rows.map(toFigures)
  },
}

const episodic: LayerReader = {
  layer: 'episodic',
  countsAs: 'episodes',
  async domains({ query, tables: { episodes } }, scope) {
    const domain = domainOf(episodes.eventType)
    const rows = await query
      .select({
        domain,
        count: count(),
        meanConfidence: avg(episodes.confidence).mapWith(Number),
        firstSeenAt: min(episodes.createdAt),
      })
      .from(episodes)
      .where(and(eq(episodes.projectId, scope.projectId), wanted(domain, scope)))
      .groupBy(sql`1`)
      .orderBy(desc(count()), sql`1`)
      .limit(scope.limit)
    return rows.map(toFigures)
  },
  outcomes: readOutcomes,
}

/** How many failures are named as evidence for a domain. */
const NAMED_FAILURES = 10

async function readOutcomes(
  { query, tables: { episodes } }: Database,
  { since, ...scope }: ReaderScope & { since: Date },
): Promise<DomainOutcomes[]> {
  const domain = domainOf(episodes.eventType)
  const judged = and(
    eq(episodes.projectId, scope.projectId),
    gte(episodes.occurredAt, since),
    isNotNull(episodes.outcome),
    wanted(domain, scope),
  )
  const hasFailed = eq(episodes.outcome, 'failure')
  const failures = sql<number>`sum(case when ${hasFailed} then 1 else 0 end)`.mapWith(Number)
  const rows = await query
    .select({ domain, total: count(), failures })
    .from(episodes)
    .where(judged)
    .groupBy(sql`1`)
    .orderBy(desc(failures), sql`1`)
    .limit(scope.limit)
  const failed = await query
    .select({ domain, id: episodes.id })
    .from(episodes)
    .where(and(judged, hasFailed))
    .orderBy(desc(episodes.occurredAt), desc(episodes.id))
    .limit(NAMED_FAILURES * scope.limit)
  return rows.map((row) => ({
    ...row,
    evidence: failed
      .filter((each) => each.domain === row.domain)
      .slice(0, NAMED_FAILURES)
      .map(({ id }) => ({ layer: 'episodic', id })),
  }))
}

const graph: LayerReader = {
  layer: 'graph',
  countsAs: 'entities',
  async domains({ query, tables: { entities } }, scope) {
    const domain = domainOf(entities.entityType)
    const rows = await query
      .select({ domain, count: count(), firstSeenAt: min(entities.createdAt) })
      .from(entities)
      .where(and(eq(entities.projectId, scope.projectId), wanted(domain, scope)))
      .groupBy(sql`1`)
      .orderBy(desc(count()), sql`1`)
      .limit(scope.limit)
    return rows.map(toFigures)
  },
}

/** What working memory holds in mind, against all that its components may hold. */
const readLoad = async (
  { query, tables: { workingItems } }: Database,
  { projectId }: { projectId: string },
): Promise<WorkingLoad> => ({
  active: await query.$count(workingItems, eq(workingItems.projectId, projectId)),
  capacity: Object.values(CAPACITIES).reduce((sum, { hard }) => sum + hard, 0),
})

/** How meta memory reads the other layers: every figure is counted from rows. */
export const metaReaders: MetaReaders = { layers: [semantic, episodic, graph], load: readLoad }
