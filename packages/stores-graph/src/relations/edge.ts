import type { Database, Tables } from '@athena-memory/db-core'
import { and, eq, gt, type SQL, sql } from 'drizzle-orm'
import { inScope, type RelationScope } from './find-relations.ts'

/** A relation as algorithms see it. */
export interface Edge {
  readonly id: string
  readonly fromId: string
  readonly toId: string
  /** Strength times confidence, from 0 to 1. */
  readonly weight: number
}

/** Between the columns and the rows of a block; ids hold neither. */
const TAB = sql`cast(${'\t'} as text)`
const NEWLINE = sql`cast(${'\n'} as text)`

const lineOf = ({ id, fromId, toId, strength, confidence }: Tables['relations']): SQL<string> =>
  sql`${id} || ${TAB} || ${fromId} || ${TAB} || ${toId} || ${TAB} || cast(${strength} * ${confidence} as text)`

/**
 * The relations that a condition holds for, in no order; with a limit those with the lowest ids. They
 * come as one text: drivers take longer for a thousand rows than databases for reading them.
 */
export const loadEdges = async (
  { query, tables: { relations } }: Database,
  condition: SQL | undefined,
  limit?: number,
): Promise<Edge[]> => {
  const lines = query
    .select({ line: lineOf(relations).as('line') })
    .from(relations)
    .where(condition)
  const block =
    limit === undefined ? lines.as('block') : lines.orderBy(relations.id).limit(limit).as('block')
  const [row] = await query
    .select({ text: sql<string | null>`string_agg(${block.line}, ${NEWLINE})` })
    .from(block)
  return (row?.text ?? '').split('\n').flatMap(toEdge)
}

const toEdge = (line: string): Edge[] => {
  const [id, fromId, toId, weight] = line.split('\t')
  if (id === undefined || fromId === undefined || toId === undefined) return []
  return [{ id, fromId, toId, weight: Number(weight) }]
}

/** Rising order by code units, the same everywhere. */
export const compareTexts = (a: string, b: string): number => {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** Orders relations by their ids. */
export const byId = (a: Edge, b: Edge): number => compareTexts(a.id, b.id)

/** Relations of one block. */
const BLOCK_EDGES = 25_000

/** All relations of a project that are true at a moment, by rising ids. */
export const loadProjectEdges = async (
  db: Database,
  { projectId, ...scope }: RelationScope & { readonly projectId: string; readonly asOf: Date },
): Promise<Edge[]> => {
  const { relations } = db.tables
  const edges: Edge[] = []
  for (let last = ''; ; last = edges.at(-1)?.id ?? last) {
    const isNext = and(
      eq(relations.projectId, projectId),
      gt(relations.id, last),
      inScope(relations, scope),
    )
    const block = await loadEdges(db, isNext, BLOCK_EDGES)
    for (const edge of block.sort(byId)) edges.push(edge)
    if (block.length < BLOCK_EDGES) return edges
  }
}
