import { type Database, newId } from '@athena-memory/db-core'
import { createTestClock } from '@athena-memory/testing'
import { sampleMemory } from '@athena-memory/testing/sample-rows'
import { and, avg, count, desc, eq, gte, isNotNull, min, ne } from 'drizzle-orm'
import { createMetaStore } from '../src/meta-store.ts'
import type { LayerReader, MetaReaders } from '../src/readers.ts'

/** A project in the database; its id. */
export const addProject = async ({ query, tables }: Database, name = 'shop'): Promise<string> => {
  const [id, at] = [newId(), new Date('2025-12-01T00:00:00Z')]
  const row = { id, name, settings: {}, createdAt: at, updatedAt: at }
  await query.insert(tables.projects).values(row)
  return id
}

/** Facts by domain; decisions of one source contradict one another. */
const memories: LayerReader = {
  layer: 'semantic',
  countsAs: 'memories',
  domains: (db, scope) => readMemories(db, scope, false),
  async contradictions({ query, tables: { memories: table } }, { projectId }) {
    const rows = await query
      .select()
      .from(table)
      .where(and(eq(table.projectId, projectId), eq(table.memoryType, 'decision')))
    const subjects = [...new Set(rows.flatMap(({ source }) => source ?? []))]
    return subjects.flatMap((subject) => {
      const items = rows
        .filter(({ source }) => source === subject)
        .map(({ id }) => ({ layer: 'semantic', id }))
      return items.length < 2 ? [] : [{ subject, severity: 0.25 * items.length, items }]
    })
  },
}

/** Patterns stand for procedures. */
const procedures: LayerReader = {
  layer: 'procedural',
  countsAs: 'procedures',
  domains: (db, scope) => readMemories(db, scope, true),
}

const readMemories = async (
  { query, tables: { memories: table } }: Database,
  { projectId, domain, limit }: Parameters<LayerReader['domains']>[1],
  isProcedure: boolean,
) => {
  const rows = await query
    .select({
      domain: table.domain,
      count: count(),
      meanConfidence: avg(table.confidence).mapWith(Number),
      meanUsefulness: avg(table.usefulness).mapWith(Number),
      firstSeenAt: min(table.createdAt),
    })
    .from(table)
    .where(
      and(
        eq(table.projectId, projectId),
        domain === undefined ? undefined : eq(table.domain, domain),
        isProcedure ? eq(table.memoryType, 'pattern') : ne(table.memoryType, 'pattern'),
      ),
    )
    .groupBy(table.domain)
    .orderBy(desc(count()), table.domain)
    .limit(limit)
  return rows.map((row) => ({ ...row, firstSeenAt: row.firstSeenAt ?? undefined }))
}

/** Episodes, whose phase is their domain here. They know no confidence of their own. */
const episodes: LayerReader = {
  layer: 'episodic',
  countsAs: 'episodes',
  async domains({ query, tables: { episodes: table } }, { projectId, domain }) {
    const rows = await query
      .select({ domain: table.phase, count: count() })
      .from(table)
      .where(
        and(
          eq(table.projectId, projectId),
          isNotNull(table.phase),
          domain === undefined ? undefined : eq(table.phase, domain),
        ),
      )
      .groupBy(table.phase)
    return rows.map((row) => ({ ...row, domain: row.domain ?? '' }))
  },
  async outcomes({ query, tables: { episodes: table } }, { projectId, since }) {
    const rows = await query
      .select()
      .from(table)
      .where(and(eq(table.projectId, projectId), gte(table.occurredAt, since)))
    const known = rows.filter(({ outcome }) => outcome !== null)
    return [...new Set(known.flatMap(({ phase }) => phase ?? []))].map((domain) => {
      const own = known.filter(({ phase }) => phase === domain)
      const failed = own.filter(({ outcome }) => outcome === 'failure')
      const evidence = failed.map(({ id }) => ({ layer: 'episodic', id }))
      return { domain, total: own.length, failures: failed.length, evidence }
    })
  },
}

/** Readers of the rows that `addMemory` and `addEpisode` write. Contexts are held in mind. */
export const readers: MetaReaders = {
  layers: [memories, procedures, episodes],
  load: async ({ query, tables: { memories: table } }, { projectId }) => ({
    active: await query.$count(
      table,
      and(eq(table.projectId, projectId), eq(table.memoryType, 'context')),
    ),
    capacity: 7,
  }),
}

/** Memories of a project as the semantic layer would write them; their ids. */
export const addMemories = async (
  { query, tables }: Database,
  projectId: string,
  rows: readonly Partial<ReturnType<typeof sampleMemory> & { source: string }>[],
): Promise<string[]> => {
  const full = rows.map((row) => ({ ...sampleMemory(projectId), domain: 'code', ...row }))
  if (full.length > 0) await query.insert(tables.memories).values(full)
  return full.map(({ id }) => id)
}

/** Episodes of a project as the episodic layer would write them; their ids. */
export const addEpisodes = async (
  { query, tables }: Database,
  projectId: string,
  rows: readonly { phase?: string; outcome?: string; occurredAt: Date }[],
): Promise<string[]> => {
  const full = rows.map((row) => {
    const id = newId()
    const texts = { content: id, contentHash: id, eventType: 'action' }
    const times = { createdAt: row.occurredAt, updatedAt: row.occurredAt }
    const state = { confidence: 1, consolidationState: 'unconsolidated' }
    return { id, projectId, phase: 'code', ...row, ...texts, ...times, ...state }
  })
  if (full.length > 0) await query.insert(tables.episodes).values(full)
  return full.map(({ id }) => id)
}

/** A list of so many. */
export const times = <Value>(length: number, value: Value): Value[] =>
  Array.from({ length }, () => value)

/** A store with a clock that stands still, and a project. */
export const openMeta = async (db: Database) => {
  const clock = createTestClock()
  const store = createMetaStore(db, { readers, now: clock.now })
  return { clock, store, projectId: await addProject(db) }
}

/** The item of a layer that bears this name. */
export const item = (id: string, layer = 'semantic') => ({ layer, id })

export const DAY_MS = 86_400_000
