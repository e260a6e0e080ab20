import { createDocumentIndex } from '@athena-memory/search'
import { createProjectStore } from '@athena-memory/stores-projects'
import { createGraphStore, type GraphStore } from '@athena-memory/stores-graph'
import { databaseName } from '../databases/bench-config.ts'
import { openBenchDatabase } from '../databases/open-bench-database.ts'
import { settle } from '../databases/settle.ts'
import type { OpenTarget } from '../databases/targets.ts'
import { percentile } from '../metrics/percentile.ts'
import { say } from '../say.ts'
import { timeCalls } from '../speed/time-calls.ts'
import { createRandom, randomBelow } from '../world/random.ts'
import type { GraphFigures } from './graph-figures.ts'
import { type MadeUpGraph, makeUpGraph } from './made-up-graph.ts'

/** How large a graph. */
export interface GraphSize {
  readonly entities: number
  readonly relations: number
}

/** Calls of each kind, the warm-up included. */
const CALLS = 130

/** Rows of one call, and thereby of one transaction. */
const BATCH_SIZE = 1000

/** Fills an empty database with a made-up graph, and measures how it is walked. */
export const measureGraph = async (open: OpenTarget, size: GraphSize): Promise<GraphFigures> => {
  const { config, dispose } = await open()
  try {
    const name = databaseName(config.type)
    const db = await openBenchDatabase(config)
    const { id: projectId } = await createProjectStore(db).create({ name: 'graph' })
    const graph = createGraphStore(db, { documents: createDocumentIndex(db) })
    const made = makeUpGraph(size.entities, size.relations)
    say(`${name}: inserting ${size.entities} entities and ${size.relations} relations`)
    const { ids, rowsPerSecond } = await fill(graph, made, projectId)
    await settle(config)
    say(`${name}: walking`)
    const figures = await walk(graph, ids)
    const startedAt = performance.now()
    const { levels } = await graph.detectCommunities({ projectId })
    const detected = performance.now() - startedAt
    await db.close()
    return {
      database: name,
      ...size,
      insert_rows_s: round(rowsPerSecond),
      ...figures,
      detect_communities_ms: round(detected),
      modularity: round(levels.at(-1)?.modularity ?? 0),
    }
  } finally {
    await dispose()
  }
}

/** Four significant digits: the others change from run to run. */
const round = (value: number): number => Number(value.toPrecision(4))

const fill = async (
  graph: GraphStore,
  { names, relations }: MadeUpGraph,
  projectId: string,
): Promise<{ ids: string[]; rowsPerSecond: number }> => {
  const startedAt = performance.now()
  const ids: string[] = []
  for (let from = 0; from < names.length; from += BATCH_SIZE) {
    const batch = names.slice(from, from + BATCH_SIZE)
    const entities = batch.map((name) => ({ projectId, name, entityType: 'thing' }))
    const { results } = await graph.addEntities(entities)
    ids.push(...results.map(({ entity }) => entity.id))
  }
  for (let from = 0; from < relations.length; from += BATCH_SIZE) {
    const batch = relations.slice(from, from + BATCH_SIZE)
    await graph.relateMany(
      batch.map(({ from: near, to: far, ...tie }) => ({
        fromId: ids[near] ?? '',
        toId: ids[far] ?? '',
        ...tie,
      })),
    )
  }
  const seconds = (performance.now() - startedAt) / 1000
  return { ids, rowsPerSecond: (names.length + relations.length) / seconds }
}

const walk = async (graph: GraphStore, ids: readonly string[]) => {
  const random = createRandom(ids.length)
  const pick = (): string => ids[randomBelow(random, ids.length)] ?? ''
  const pairs = Array.from({ length: CALLS }, () => ({ fromId: pick(), toId: pick() }))
  const neighbours = await timeCalls(pairs, ({ fromId }) =>
    graph.neighbours({ entityId: fromId, depth: 2 }),
  )
  const paths = await timeCalls(pairs, (pair) => graph.shortestPath(pair))
  const three = await timeCalls(pairs.slice(0, CALLS / 2), (pair) =>
    graph.shortestPath({ ...pair, k: 3 }),
  )
  return {
    neighbours_depth2_ms_p50: round(percentile(neighbours, 50)),
    neighbours_depth2_ms_p95: round(percentile(neighbours, 95)),
    shortest_path_ms_p50: round(percentile(paths, 50)),
    shortest_path_ms_p95: round(percentile(paths, 95)),
    three_paths_ms_p50: round(percentile(three, 50)),
  }
}
