import { type Database, StorageError } from '@athena-memory/db-core'
import { and, eq, inArray } from 'drizzle-orm'
import {
  documentsOf,
  expectedDocuments,
  writeEntities,
  type WrittenEntities,
} from '../entities/add-entities.ts'
import { draftEntity, type EntityDraft } from '../entities/entity-draft.ts'
import type { EntityRow } from '../entities/entity.ts'
import { lookUp } from '../chunks.ts'
import type { GraphContext } from '../graph-context.ts'
import { DEFAULT_NAMESPACE } from '../graph-layer.ts'
import { writeRelations } from '../relations/relate.ts'
import { draftRelation, relationKey } from '../relations/relation-draft.ts'
import { writeDescribed } from '../write-described.ts'
import type { RelationLine } from './graph-line.ts'
import { type LineProblem, parseJsonl, type ParsedGraph } from './parse-jsonl.ts'

/** A file to take over. */
export interface ImportOptions {
  readonly projectId: string
  /** Lines of JSON, as the reference MCP memory server keeps them. */
  readonly text: string
  /** Where the entities go; default `default`. */
  readonly namespace?: string | undefined
}

/** What was taken over. What was there already counts as nothing new. */
export interface ImportReport {
  readonly entities: number
  readonly observations: number
  readonly relations: number
  /** Keys, tokens and passwords that were cut out of the lines. */
  readonly redactions: number
  /** Lines that were left out, by rising numbers. */
  readonly problems: LineProblem[]
  readonly notices: string[]
}

/** Takes over all lines that can be, in one transaction; see `GraphStore.importJsonl`. */
export const importJsonl = async (
  store: GraphContext,
  { projectId, text, namespace = DEFAULT_NAMESPACE }: ImportOptions,
): Promise<ImportReport> => {
  const parsed = parseJsonl(text)
  const at = store.now()
  const { drafts, problems: refused } = draftLines(store, parsed, { projectId, namespace, at })
  const expected = await expectedDocuments(store.db, drafts)
  const { result, notices } = await writeDescribed(store, expected, async (tx) => {
    const written = await writeLines(tx, store, { parsed, drafts, projectId, namespace, at })
    return { result: written, documents: await documentsOf(tx, written.entities) }
  })
  const problems = [...parsed.problems, ...refused, ...result.problems]
  return {
    entities: result.entities.fresh.length,
    observations: result.entities.observed.length,
    relations: result.relations,
    redactions: drafts.reduce((sum, { redactions }) => sum + redactions, 0),
    problems: problems.toSorted((a, b) => a.line - b.line),
    notices,
  }
}

/** Entities as they will be written, and lines that hold what must not be kept. */
const draftLines = (
  { newId, secretPolicy }: GraphContext,
  { entities }: ParsedGraph,
  { projectId, namespace, at }: Pick<Lines, 'projectId' | 'namespace' | 'at'>,
): { drafts: EntityDraft[]; problems: LineProblem[] } => {
  const drafts: EntityDraft[] = []
  const problems: LineProblem[] = []
  for (const { line, ...entity } of entities) {
    try {
      const given = { ...entity, projectId, namespace }
      drafts.push(draftEntity(given, { id: newId(), at, secretPolicy }))
    } catch (error) {
      if (!StorageError.is(error)) throw error
      problems.push({ line, problem: error.message })
    }
  }
  return { drafts, problems }
}

interface Lines {
  readonly parsed: ParsedGraph
  readonly drafts: readonly EntityDraft[]
  readonly projectId: string
  readonly namespace: string
  readonly at: Date
}

const writeLines = async (
  tx: Database,
  { newId }: GraphContext,
  { parsed, drafts, projectId, namespace, at }: Lines,
): Promise<{ entities: WrittenEntities; relations: number; problems: LineProblem[] }> => {
  const entities = await writeEntities({ tx, at, newId }, drafts)
  const named = await entitiesByName(tx, parsed.relations, { projectId, namespace })
  const problems: LineProblem[] = []
  const relations = parsed.relations.flatMap((line) => {
    const from = pick(named, line.from, line.fromType)
    const to = pick(named, line.to, line.toType)
    if (from && to) {
      const given = { fromId: from.id, toId: to.id, relationType: line.relationType }
      return [draftRelation(given, { at, id: newId(), projectOf: () => projectId })]
    }
    const problem = `${from ? 'to' : 'from'}: no entity of this name`
    problems.push({ line: line.line, problem })
    return []
  })
  const ids = new Set(relations.map(({ id }) => id))
  const rows = await writeRelations(tx, relations)
  const fresh = [...rows.values()].filter((row) => ids.has(row.id))
  return { entities, relations: new Set(fresh.map(relationKey)).size, problems }
}

type Named = ReadonlyMap<string, readonly EntityRow[]>

/** Entities that relations name, the first of each name first. */
const entitiesByName = async (
  { query, tables: { entities } }: Database,
  lines: readonly RelationLine[],
  { projectId, namespace }: { projectId: string; namespace: string },
): Promise<Named> => {
  const rows = await lookUp(
    lines.flatMap(({ from, to }) => [from, to]),
    (chunk) =>
      query
        .select()
        .from(entities)
        .where(
          and(
            eq(entities.projectId, projectId),
            eq(entities.namespace, namespace),
            inArray(entities.name, chunk),
          ),
        )
        .orderBy(entities.createdAt, entities.id),
  )
  const named = new Map<string, EntityRow[]>()
  for (const row of rows) named.set(row.name, [...(named.get(row.name) ?? []), row])
  return named
}

const pick = (named: Named, name: string, type: string | undefined): EntityRow | undefined =>
  named.get(name)?.find(({ entityType }) => type === undefined || entityType === type)
