import { type Database, newId } from '@athena-memory/db-core'
import type { SecretPolicy } from '@athena-memory/db-core/secrets'
import type { DocumentIndex } from '@athena-memory/search'
import {
  type CentralityOptions,
  type CentralityReport,
  measureCentrality,
} from './analysis/centrality.ts'
import { type AsOfOptions, type AsOfPage, showAsOf } from './as-of.ts'
import { type Bridge, type BridgeOptions, findBridges } from './communities/bridges.ts'
import {
  detectCommunities,
  type DetectedCommunities,
  type DetectOptions,
} from './communities/detect-communities.ts'
import * as lists from './communities/list-communities.ts'
import { summarizeCommunity, type SummarizedCommunity } from './communities/summarize-community.ts'
import { addEntities, type AddedEntities, type AddedEntity } from './entities/add-entities.ts'
import type { NewEntity } from './entities/entity-draft.ts'
import type { Entity } from './entities/entity.ts'
import {
  entitiesById,
  type EntityFilter,
  type EntityPage,
  findEntities,
} from './entities/find-entities.ts'
import { forget, type ForgetReceipt } from './forget/forget.ts'
import type { GraphContext } from './graph-context.ts'
import { exportJsonl, type ExportOptions, type GraphExport } from './jsonl/export-jsonl.ts'
import { importJsonl, type ImportOptions, type ImportReport } from './jsonl/import-jsonl.ts'
import { drawMermaid, type MermaidDrawing, type MermaidOptions } from './mermaid/draw-mermaid.ts'
import {
  listObservations,
  type ObservationFilter,
  type ObservationPage,
} from './observations/find-observations.ts'
import type { NewObservation } from './observations/observation-draft.ts'
import { observe, type Observed } from './observations/observe.ts'
import {
  type NextObservation,
  type SupersededObservation,
  supersedeObservation,
} from './observations/supersede-observation.ts'
import {
  listPromotions,
  promote,
  type Promoted,
  type PromoteOptions,
  type PromotionFilter,
  type PromotionPage,
} from './promote.ts'
import {
  listRelations,
  type RelationFilter,
  type RelationPage,
} from './relations/find-relations.ts'
import { relate, type Related } from './relations/relate.ts'
import type { NewRelation } from './relations/relation-draft.ts'
import type { Relation } from './relations/relation.ts'
import { unrelate, type UnrelateOptions } from './relations/unrelate.ts'
import { type GraphSearchOptions, type GraphSearchOutcome, searchGraph } from './search-graph.ts'
import { findNeighbours, type Neighbourhood, type NeighbourOptions } from './traverse/neighbours.ts'
import { type EntityPath, findShortestPaths, type PathOptions } from './traverse/shortest-path.ts'
import { cutSubgraph, type Subgraph, type SubgraphOptions } from './traverse/subgraph.ts'

/** What the store needs besides a database. */
export interface GraphStoreOptions {
  /** The index of the same database, or of the same transaction. */
  readonly documents: DocumentIndex
  /** What happens to keys, tokens and passwords; default `redact`. */
  readonly secretPolicy?: SecretPolicy | undefined
  readonly now?: (() => Date) | undefined
  readonly newId?: (() => string) | undefined
}

/** What became of one thing, and what the caller should know of how. */
export type Noticed<Result> = Result & { readonly notices: string[] }

/** The knowledge graph: things, what is observed of them, how they relate, group and reach each other. */
export interface GraphStore {
  /**
   * Adds an entity, found at once. One of the same name, type and namespace that is there stays as it is;
   * only observations that it has not yet are added.
   *
   * @throws StorageError `invalid` that names the field, `missing-reference` without such a project
   */
  addEntity(entity: NewEntity): Promise<Noticed<AddedEntity>>
  /** Adds many entities, all or none, and embeds their texts together. */
  addEntities(entities: readonly NewEntity[]): Promise<AddedEntities>
  getEntity(id: string): Promise<Entity | undefined>
  /** Entities of a project, the ones made last first. */
  findEntities(filter: EntityFilter): Promise<EntityPage>
  /** Answers a question by text and meaning, best first. */
  search(options: GraphSearchOptions): Promise<GraphSearchOutcome>
  /** Erases an entity with its observations and relations. What is no entity stays. */
  removeEntity(id: string): Promise<ForgetReceipt>
  /**
   * Relates two entities of a project. An open relation of the same type that is there stays as it is.
   *
   * @throws StorageError `invalid` that names the field, `missing-reference` without such entities
   */
  relate(relation: NewRelation): Promise<Related>
  /** Makes many relations, all or none; in their order. */
  relateMany(relations: readonly NewRelation[]): Promise<Related[]>
  /** Ends a relation, which earlier times still show; or, for a mistake, takes it out of all times. */
  unrelate(id: string, options?: UnrelateOptions): Promise<Relation | undefined>
  /** Relations of an entity that are true now, or `asOf` a time; the ones made last first. */
  relations(filter: RelationFilter): Promise<RelationPage>
  /**
   * Adds what is known of an entity, once.
   *
   * @throws StorageError `invalid` that names the field, `missing-reference` without such an entity
   */
  observe(observation: NewObservation): Promise<Noticed<Observed>>
  /** Adds many observations, all or none, and embeds them together. */
  observeMany(
    observations: readonly NewObservation[],
  ): Promise<{ results: Observed[]; notices: string[] }>
  /**
   * Replaces an observation and keeps it: earlier times still show it.
   *
   * @throws StorageError `conflict` for what is replaced already, `invalid` for the same content
   */
  supersedeObservation(
    id: string,
    next: NextObservation,
  ): Promise<SupersededObservation | undefined>
  /** What is true of an entity now, or `asOf` a time; observed last first. */
  observations(filter: ObservationFilter): Promise<ObservationPage>
  /** What is near an entity, level by level, on each the strongest ties first. */
  neighbours(options: NeighbourOptions): Promise<Neighbourhood>
  /** Entities around some, and all relations between them. */
  subgraph(options: SubgraphOptions): Promise<Subgraph>
  /** The cheapest ways from one entity to another, the cheapest first; none where there is no way. */
  shortestPath(options: PathOptions): Promise<EntityPath[]>
  /** The most central entities of a project. Reads all of its relations. */
  centrality(options: CentralityOptions): Promise<CentralityReport>
  /**
   * Finds the communities of a project by its relations and stores them in the place of those before.
   * A community of the same members stays the same one and keeps its summary.
   */
  detectCommunities(options: DetectOptions): Promise<DetectedCommunities>
  /** Communities of a level as they were detected last, the largest first. */
  communities(filter: lists.CommunityFilter): Promise<lists.CommunityPage>
  /** Members of a community of any level, by rising ids. */
  communityMembers(filter: lists.MemberFilter): Promise<lists.MemberPage>
  /** Writes the summary of a community from what is known of its most central members; no model is asked. */
  summarizeCommunity(id: string): Promise<SummarizedCommunity | undefined>
  /** Entities that are related into other communities, into the most first. */
  bridges(options: BridgeOptions): Promise<Bridge[]>
  /**
   * Moves an entity to another namespace, and logs it.
   *
   * @throws StorageError `conflict` where that holds one of the same type and name
   */
  promote(id: string, options: PromoteOptions): Promise<Promoted | undefined>
  /** Moves of entities between namespaces, the last first. */
  promotions(filter: PromotionFilter): Promise<PromotionPage>
  /** Entities with what was true of them at a moment in the world; those made last first. */
  asOf(options: AsOfOptions): Promise<AsOfPage>
  /** A part of the graph as a flow chart in the language of Mermaid. */
  mermaid(options: MermaidOptions): Promise<MermaidDrawing>
  /** Takes over a file of the reference MCP memory server; what it cannot take is told by line. */
  importJsonl(options: ImportOptions): Promise<ImportReport>
  /** Writes a namespace as such a file. */
  exportJsonl(options: ExportOptions): Promise<GraphExport>
  /**
   * Erases an entity, an observation with all that it replaced, a relation, or the summary of a
   * community: texts, vectors, full text, and what was derived from it alone. It cannot be brought back.
   */
  forget(id: string): Promise<ForgetReceipt>
}

/** The knowledge graph over a database or a transaction. */
export const createGraphStore = (db: Database, settings: GraphStoreOptions): GraphStore => {
  const { documents, secretPolicy = 'redact', now = () => new Date() } = settings
  const store: GraphContext = { db, documents, secretPolicy, now, newId: settings.newId ?? newId }
  const getEntity = async (id: string) => (await entitiesById(db, [id])).get(id)
  return {
    async addEntity(entity) {
      const { results, notices } = await addEntities(store, [entity])
      return { ...only(results), notices }
    },
    addEntities: (entities) => addEntities(store, entities),
    getEntity,
    findEntities: (filter) => findEntities(db, filter),
    search: (options) => searchGraph(store, options),
    removeEntity: async (id) => forget(store, (await getEntity(id)) ? [id] : []),
    relate: async (relation) => only(await relate(store, [relation])),
    relateMany: (relations) => relate(store, relations),
    unrelate: (id, options = {}) => unrelate(store, id, options),
    relations: (filter) => listRelations(db, filter, now()),
    async observe(observation) {
      const { result, notices } = await observe(store, [observation])
      return { ...only(result), notices }
    },
    async observeMany(observations) {
      const { result, notices } = await observe(store, observations)
      return { results: result, notices }
    },
    supersedeObservation: (id, next) => supersedeObservation(store, id, next),
    observations: (filter) => listObservations(db, filter, now()),
    neighbours: (options) => findNeighbours(db, options, now()),
    subgraph: (options) => cutSubgraph(db, options, now()),
    shortestPath: (options) => findShortestPaths(db, options, now()),
    centrality: (options) => measureCentrality(db, options, now()),
    detectCommunities: (options) => detectCommunities(store, options),
    communities: (filter) => lists.listCommunities(db, filter),
    communityMembers: (filter) => lists.listMembers(db, filter),
    summarizeCommunity: (id) => summarizeCommunity(store, id),
    bridges: (options) => findBridges(db, options, now()),
    promote: (id, options) => promote(store, id, options),
    promotions: (filter) => listPromotions(db, filter),
    asOf: (options) => showAsOf(db, options),
    mermaid: (options) => drawMermaid(db, options, now()),
    importJsonl: (options) => importJsonl(store, options),
    exportJsonl: (options) => exportJsonl(db, options, now()),
    forget: (id) => forget(store, [id]),
  }
}

const only = <Item>(items: readonly Item[]): Item => {
  const [item] = items
  if (item === undefined) throw new Error('One thing has one result.')
  return item
}
