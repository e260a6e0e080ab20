import { eraseDerivations } from '@athena-memory/db-core/stores'
import type { Database } from '@athena-memory/db-core'
import type { DocumentInput } from '@athena-memory/search'
import { and, eq, inArray } from 'drizzle-orm'
import type { Entity } from '../entities/entity.ts'
import { entitiesById } from '../entities/find-entities.ts'
import type { GraphContext } from '../graph-context.ts'
import { GRAPH_LAYER } from '../graph-layer.ts'
import { newestObservations } from '../observations/find-observations.ts'
import { compareTexts, type Edge, loadEdges } from '../relations/edge.ts'
import { inScope } from '../relations/find-relations.ts'
import { relationsAmong } from '../traverse/subgraph.ts'
import { writeDescribed, type Written } from '../write-described.ts'
import { type Community, type CommunityRow, toCommunity } from './community.ts'
import { extractSummary, SUMMARY_LIMITS } from './extract-summary.ts'
import { findCommunity, memberIdsOf } from './list-communities.ts'

/** A community that has a summary, and what the caller should know of how. */
export interface SummarizedCommunity {
  readonly community: Community
  readonly notices: string[]
}

/** Summarises a community; see `GraphStore.summarizeCommunity`. */
export const summarizeCommunity = async (
  store: GraphContext,
  id: string,
): Promise<SummarizedCommunity | undefined> => {
  const at = store.now()
  const { result, notices } = await writeDescribed(store, [], async (tx) => {
    const row = await findCommunity(tx, id)
    if (!row) return NOTHING
    const { summary, evidence } = await summaryOf(tx, row, at)
    await writeEvidence(tx, id, { evidence, at, newId: store.newId })
    const [written] = await tx.query
      .update(tx.tables.communities)
      .set({ summary, summaryMethod: METHOD, summarizedAt: at, updatedAt: at })
      .where(eq(tx.tables.communities.id, id))
      .returning()
    return { result: written, documents: [communityDocument(row, summary)] }
  })
  return result && { community: toCommunity(result), notices }
}

const METHOD = 'extractive'

const NOTHING: Written<undefined> = { result: undefined, documents: [] }

const communityDocument = ({ id, projectId }: CommunityRow, content: string): DocumentInput => ({
  layer: GRAPH_LAYER,
  sourceId: id,
  projectId,
  kind: 'community',
  content,
})

/** Relations of a community that are looked at to find its most central members. */
const LOOKED_AT = 50_000

/** Observations of each central member that are told. */
const TOLD_EACH = 2

/** A summary, and the ids of the rows whose text it holds. */
const summaryOf = async (
  tx: Database,
  { id, memberCount }: CommunityRow,
  asOf: Date,
): Promise<{ summary: string; evidence: string[] }> => {
  const central = await centralMembers(tx, id, asOf)
  const ids = central.map((entity) => entity.id)
  const names = new Map(central.map((entity) => [entity.id, entity.name]))
  const most = SUMMARY_LIMITS.relations
  const relations = (await relationsAmong(tx, ids, { asOf, most })).slice(0, most)
  const told = await newestObservations(tx, ids, { most: TOLD_EACH, asOf })
  const observations = ids
    .flatMap((member) => told.get(member) ?? [])
    .slice(0, SUMMARY_LIMITS.observations)
  const summary = extractSummary({
    memberCount,
    members: central,
    relations: relations.map(({ fromId, toId, relationType }) => ({
      text: `${names.get(fromId)} ${relationType} ${names.get(toId)}`,
    })),
    observations: observations.map(({ entityId, content }) => ({
      text: `${names.get(entityId)}: ${content}`,
    })),
  })
  const evidence = [
    ...ids,
    ...relations.map((each) => each.id),
    ...observations.map((each) => each.id),
  ]
  return { summary, evidence }
}

/** The members with the most neighbours inside the community, equal ones by their ids. */
const centralMembers = async (tx: Database, id: string, asOf: Date): Promise<Entity[]> => {
  const { relations } = tx.tables
  const members = memberIdsOf(tx, id)
  const isInside = and(
    inArray(relations.fromId, members),
    inArray(relations.toId, members),
    inScope(relations, { asOf }),
  )
  const degrees = countDegrees(await loadEdges(tx, isInside, LOOKED_AT))
  const best = [...degrees]
    .sort(([idA, a], [idB, b]) => b - a || compareTexts(idA, idB))
    .slice(0, SUMMARY_LIMITS.members)
  const entities = await entitiesById(
    tx,
    best.map(([member]) => member),
  )
  return best.flatMap(([member]) => entities.get(member) ?? [])
}

const countDegrees = (edges: readonly Edge[]): Map<string, number> => {
  const degrees = new Map<string, number>()
  for (const id of edges.flatMap(({ fromId, toId }) => [fromId, toId])) {
    degrees.set(id, (degrees.get(id) ?? 0) + 1)
  }
  return degrees
}

/** Records what a summary was made of, so that forgetting any of it erases the summary. */
const writeEvidence = async (
  tx: Database,
  derivedId: string,
  { evidence, at, newId }: { evidence: readonly string[]; at: Date; newId: () => string },
): Promise<void> => {
  await eraseDerivations(tx, { layer: GRAPH_LAYER, ids: [derivedId] })
  const rows = evidence.map((evidenceId) => ({
    id: newId(),
    derivedLayer: GRAPH_LAYER,
    derivedId,
    evidenceLayer: GRAPH_LAYER,
    evidenceId,
    method: METHOD,
    confidence: 1,
    createdAt: at,
  }))
  await tx.insertRows(tx.tables.derivations, rows)
}
