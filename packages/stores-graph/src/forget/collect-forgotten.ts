import type { Database, Tables } from '@athena-memory/db-core'
import { and, eq, inArray } from 'drizzle-orm'
import { lookUp } from '../chunks.ts'
import { GRAPH_LAYER } from '../graph-layer.ts'
import { observationChains } from '../observations/find-observations.ts'
import { touches } from '../relations/find-relations.ts'

/** What goes when something is forgotten, by ids. */
export interface Forgotten {
  readonly entities: ReadonlySet<string>
  readonly observations: ReadonlySet<string>
  readonly relations: ReadonlySet<string>
  /** Communities whose summaries hold words of it. They stay without them. */
  readonly communities: ReadonlySet<string>
  /** What was derived from it, and stays: rows of other layers, and rows with other grounds. */
  readonly affected: Derived[]
}

/** A row that was derived from others. */
export interface Derived {
  readonly layer: string
  readonly id: string
}

/**
 * Finds all that must go with some rows of this layer: of entities what is observed of them and how they
 * relate, of observations what they replaced or were replaced by, and whatever was derived from nothing
 * else.
 */
export const collectForgotten = async (
  tx: Database,
  ids: readonly string[],
): Promise<Forgotten> => {
  const gone = {
    entities: new Set<string>(),
    observations: new Set<string>(),
    relations: new Set<string>(),
    communities: new Set<string>(),
  }
  const all = new Set<string>()
  let affected: Derived[] = []
  for (let next = ids; next.length > 0;) {
    const found = await expand(tx, next)
    for (const kind of KINDS) for (const id of found[kind]) gone[kind].add(id)
    for (const id of KINDS.flatMap((kind) => found[kind])) all.add(id)
    const derived = all.size > 0 ? await findDerived(tx, all) : []
    const groundless = await withoutOtherGrounds(tx, derived, all)
    next = [...groundless].filter((id) => !all.has(id))
    affected = derived
  }
  const summaries = await existing(
    tx,
    'communities',
    affected.map(({ id }) => id),
  )
  for (const id of summaries) gone.communities.add(id)
  return {
    ...gone,
    affected: affected.filter(({ layer, id }) => layer !== GRAPH_LAYER || !summaries.includes(id)),
  }
}

const KINDS = ['entities', 'observations', 'relations', 'communities'] as const
type Kind = (typeof KINDS)[number]

const expand = async (tx: Database, ids: readonly string[]): Promise<Record<Kind, string[]>> => {
  const { observations, relations } = tx.tables
  const entities = await existing(tx, 'entities', ids)
  const observed = await lookUp(entities, (chunk) =>
    tx.query
      .select({ id: observations.id })
      .from(observations)
      .where(inArray(observations.entityId, chunk)),
  )
  const related = await lookUp(entities, (chunk) =>
    tx.query
      .select({ id: relations.id })
      .from(relations)
      .where(touches(relations, chunk, 'both')),
  )
  return {
    entities,
    observations: [...(await observationChains(tx, ids)), ...observed.map(({ id }) => id)],
    relations: [...(await existing(tx, 'relations', ids)), ...related.map(({ id }) => id)],
    communities: await existing(tx, 'communities', ids),
  }
}

const existing = async (
  { query, tables }: Database,
  kind: keyof Pick<Tables, 'entities' | 'relations' | 'communities'>,
  ids: Iterable<string>,
): Promise<string[]> => {
  const table = tables[kind]
  const rows = await lookUp(ids, (chunk) =>
    query.select({ id: table.id }).from(table).where(inArray(table.id, chunk)),
  )
  return rows.map(({ id }) => id)
}

/** What was derived from these rows, other than these rows. */
const findDerived = async (
  { query, tables: { derivations } }: Database,
  ids: ReadonlySet<string>,
): Promise<Derived[]> => {
  const rows = await lookUp(ids, (chunk) =>
    query
      .selectDistinct({ layer: derivations.derivedLayer, id: derivations.derivedId })
      .from(derivations)
      .where(
        and(eq(derivations.evidenceLayer, GRAPH_LAYER), inArray(derivations.evidenceId, chunk)),
      )
      .orderBy(derivations.derivedLayer, derivations.derivedId),
  )
  const unique = new Map(rows.map((row) => [JSON.stringify([row.layer, row.id]), row]))
  return [...unique.values()].filter(({ layer, id }) => layer !== GRAPH_LAYER || !ids.has(id))
}

/** Those of the derived rows, of this layer, that rest on nothing but what is forgotten. */
const withoutOtherGrounds = async (
  { query, tables: { derivations } }: Database,
  derived: readonly Derived[],
  forgotten: ReadonlySet<string>,
): Promise<Set<string>> => {
  const own = derived.flatMap(({ layer, id }) => (layer === GRAPH_LAYER ? [id] : []))
  const grounds = await lookUp(own, (chunk) =>
    query
      .select({
        id: derivations.derivedId,
        layer: derivations.evidenceLayer,
        evidenceId: derivations.evidenceId,
      })
      .from(derivations)
      .where(and(eq(derivations.derivedLayer, GRAPH_LAYER), inArray(derivations.derivedId, chunk))),
  )
  const groundless = new Set(own)
  for (const { id, layer, evidenceId } of grounds) {
    if (layer !== GRAPH_LAYER || !forgotten.has(evidenceId)) groundless.delete(id)
  }
  return groundless
}
