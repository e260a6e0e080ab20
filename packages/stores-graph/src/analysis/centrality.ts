import type { Database } from '@athena-memory/db-core'
import type { Entity } from '../entities/entity.ts'
import { entitiesById } from '../entities/find-entities.ts'
import { compareTexts, loadProjectEdges } from '../relations/edge.ts'
import type { RelationScope } from '../relations/find-relations.ts'
import { measurePaths } from './path-centrality.ts'
import { createWeightedGraph, type WeightedGraph } from './weighted-graph.ts'

/** By what entities are central: their neighbours, ways through them, or nearness to all others. */
export const CENTRALITY_MEASURES = ['degree', 'betweenness', 'closeness'] as const
export type CentralityMeasure = (typeof CENTRALITY_MEASURES)[number]

/** Which entities to measure, and how. */
export interface CentralityOptions extends RelationScope {
  readonly projectId: string
  /** Default `degree`. */
  readonly measure?: CentralityMeasure | undefined
  /** Default 20. */
  readonly limit?: number | undefined
}

/** How central an entity is. */
export interface CentralEntity {
  readonly entity: Entity
  /** From 0 to 1. */
  readonly score: number
}

/** The most central entities first, equal ones by their ids. */
export interface CentralityReport {
  readonly results: CentralEntity[]
  /** False where shortest paths were followed from a sample of many entities only. */
  readonly isExact: boolean
}

/** The most central entities of a project; see `GraphStore.centrality`. */
export const measureCentrality = async (
  db: Database,
  options: CentralityOptions,
  now: Date,
): Promise<CentralityReport> => {
  const { projectId, measure = 'degree', limit = 20, relationTypes, asOf = now } = options
  const edges = await loadProjectEdges(db, { projectId, relationTypes, asOf })
  const { scores, isExact } = await scoresBy(measure, createWeightedGraph(edges))
  const best = [...scores]
    .sort(([idA, a], [idB, b]) => b - a || compareTexts(idA, idB))
    .slice(0, limit)
  const entities = await entitiesById(
    db,
    best.map(([id]) => id),
  )
  const results = best.flatMap(([id, score]) => {
    const entity = entities.get(id)
    return entity ? [{ entity, score }] : []
  })
  return { results, isExact }
}

const scoresBy = async (
  measure: CentralityMeasure,
  graph: WeightedGraph,
): Promise<{ scores: ReadonlyMap<string, number>; isExact: boolean }> => {
  if (measure === 'degree') return { scores: degreesOf(graph), isExact: true }
  const paths = await measurePaths(graph)
  return { scores: paths[measure], isExact: paths.isExact }
}

/** The share of all other entities that each is related to. */
const degreesOf = (graph: WeightedGraph): Map<string, number> =>
  new Map(graph.mapNodes((node) => [node, graph.degree(node) / (graph.order - 1)] as const))
