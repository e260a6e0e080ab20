import type { SearchResult } from '@athena-memory/search'
import { namespaceTag, typeTag } from './entities/entity-document.ts'
import type { Entity } from './entities/entity.ts'
import { entitiesById } from './entities/find-entities.ts'
import type { GraphContext } from './graph-context.ts'
import { GRAPH_KINDS, GRAPH_LAYER, type GraphKind } from './graph-layer.ts'

/** A question to the graph. */
export interface GraphSearchOptions {
  readonly projectId: string
  readonly query: string
  /** Default: all of them. */
  readonly kinds?: readonly GraphKind[] | undefined
  readonly entityType?: string | undefined
  readonly namespace?: string | undefined
  /** The moment at which observations must be true; default now. */
  readonly asOf?: Date | undefined
  /** Default 10. */
  readonly limit?: number | undefined
}

/** Something of the graph that answers a question, and why. */
export interface GraphSearchResult extends Pick<
  SearchResult,
  'hybridScore' | 'semanticSimilarity' | 'keywordRank' | 'signals'
> {
  readonly kind: GraphKind
  /** Of the entity, the observation or the community. */
  readonly id: string
  readonly content: string
  /** The entity, or the one that was observed. */
  readonly entity?: Entity | undefined
}

/** What answers a question, best first, and what the caller should know of how. */
export interface GraphSearchOutcome {
  readonly results: GraphSearchResult[]
  readonly notices: string[]
}

/** Answers a question from the graph; see `GraphStore.search`. */
export const searchGraph = async (
  { db, documents, now }: GraphContext,
  { query, projectId, kinds, entityType, namespace, asOf = now(), limit = 10 }: GraphSearchOptions,
): Promise<GraphSearchOutcome> => {
  const tags = [
    ...(entityType === undefined ? [] : [typeTag(entityType)]),
    ...(namespace === undefined ? [] : [namespaceTag(namespace)]),
  ]
  const options = { projectId, layers: [GRAPH_LAYER], kinds, tags, asOf, limit }
  const { results, notices } = await documents.search(query, options)
  const entities = await entitiesById(
    db,
    results.flatMap(({ groupId }) => groupId ?? []),
  )
  return { results: results.flatMap((result) => toResult(result, entities)), notices }
}

const toResult = (
  found: SearchResult,
  entities: ReadonlyMap<string, Entity>,
): GraphSearchResult[] => {
  const kind = GRAPH_KINDS.find((known) => known === found.kind)
  const entity = entities.get(found.groupId ?? '')
  // What was forgotten between the search and the lookup is left out.
  if (kind === undefined || (kind !== 'community' && !entity)) return []
  const { hybridScore, semanticSimilarity, keywordRank, signals, content } = found
  const reasons = { hybridScore, semanticSimilarity, keywordRank, signals }
  return [{ kind, id: found.sourceId, content, entity, ...reasons }]
}
