import { chunksOf, eraseDerivations } from '@athena-memory/db-core/stores'
import type { Database } from '@athena-memory/db-core'
import { inArray } from 'drizzle-orm'
import { CHUNK_IDS, lookUp } from '../chunks.ts'
import { describeEntities } from '../entities/entity-document.ts'
import type { GraphContext } from '../graph-context.ts'
import { GRAPH_LAYER } from '../graph-layer.ts'
import { writeDescribed } from '../write-described.ts'
import { collectForgotten, type Derived, type Forgotten } from './collect-forgotten.ts'
import { leaveCommunities } from './leave-communities.ts'

/** What was erased. */
export interface ForgetReceipt {
  /** False where there was nothing to forget. */
  readonly forgotten: boolean
  readonly entities: number
  /** What was observed, all versions of it included. */
  readonly observations: number
  readonly relations: number
  /** Summaries of communities that held words of it. */
  readonly summaries: number
  readonly documents: number
  readonly embeddings: number
  /** Records of what was derived from what. */
  readonly derivations: number
  /** What was derived from it, and stays: whoever made it should make it anew, or forget it. */
  readonly affected: Derived[]
}

const NOTHING_FORGOTTEN: ForgetReceipt = {
  forgotten: false,
  entities: 0,
  observations: 0,
  relations: 0,
  summaries: 0,
  documents: 0,
  embeddings: 0,
  derivations: 0,
  affected: [],
}

/** Erases rows of this layer with all that follows from them; see `GraphStore.forget`. */
export const forget = async (
  store: GraphContext,
  ids: readonly string[],
): Promise<ForgetReceipt> => {
  const { result } = await writeDescribed(store, [], async (tx) => {
    const gone = await collectForgotten(tx, ids)
    const told = await entitiesTellingOf(tx, gone)
    // They are written anew, but what is only replaced leaves words in the search structures.
    await store.documents.remove(tx, { layer: GRAPH_LAYER, sourceIds: told })
    const receipt = await erase(tx, store, gone)
    return { result: receipt, documents: await describeEntities(tx, told) }
  })
  return result
}

/** Entities that stay, but whose documents hold observations that go. */
const entitiesTellingOf = async (
  { query, tables: { observations } }: Database,
  gone: Forgotten,
): Promise<string[]> => {
  const rows = await lookUp(gone.observations, (chunk) =>
    query
      .selectDistinct({ id: observations.entityId })
      .from(observations)
      .where(inArray(observations.id, chunk)),
  )
  return [...new Set(rows.map(({ id }) => id))].filter((id) => !gone.entities.has(id))
}

const erase = async (
  tx: Database,
  { documents, now }: GraphContext,
  gone: Forgotten,
): Promise<ForgetReceipt> => {
  const { entities, observations, relations, communities } = gone
  const ids = [...entities, ...observations, ...relations, ...communities]
  if (ids.length === 0) return NOTHING_FORGOTTEN
  const derivations = (await eraseDerivations(tx, { layer: GRAPH_LAYER, ids })).length
  const erased = await documents.remove(tx, { layer: GRAPH_LAYER, sourceIds: ids })
  const summaries = await eraseSummaries(tx, communities, now())
  await leaveCommunities(tx, entities, now())
  await eraseRows(tx, gone)
  return {
    forgotten: true,
    entities: entities.size,
    observations: observations.size,
    relations: relations.size,
    summaries,
    ...erased,
    derivations,
    affected: gone.affected,
  }
}

const eraseSummaries = async (
  { query, tables: { communities } }: Database,
  ids: ReadonlySet<string>,
  at: Date,
): Promise<number> => {
  const named = inArray(communities.id, [...ids])
  const none = { summary: null, summaryMethod: null, summaryModel: null, summarizedAt: null }
  const rows = await query
    .update(communities)
    .set({ ...none, label: null, memberHash: '', updatedAt: at })
    .where(named)
    .returning({ id: communities.id })
  return rows.length
}

const eraseRows = async (
  { query, tables }: Database,
  { entities, observations, relations }: Forgotten,
): Promise<void> => {
  for (const chunk of chunksOf([...observations], CHUNK_IDS)) {
    const named = inArray(tables.observations.id, chunk)
    // Versions fall one after the other, each inside the fall of the next: SQLite allows 1,000 of that.
    await query.update(tables.observations).set({ supersededBy: null }).where(named)
  }
  for (const [table, ids] of [
    [tables.observations, observations],
    [tables.relations, relations],
    [tables.entities, entities],
  ] as const) {
    for (const chunk of chunksOf([...ids], CHUNK_IDS)) {
      await query.delete(table).where(inArray(table.id, chunk))
    }
  }
}
