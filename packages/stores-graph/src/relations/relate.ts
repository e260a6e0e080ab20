import { chunksOf } from '@athena-memory/db-core/stores'
import { type Database, StorageError } from '@athena-memory/db-core'
import { guardFields } from '@athena-memory/db-core/secrets'
import { and, inArray, isNull } from 'drizzle-orm'
import { lookUp } from '../chunks.ts'
import type { GraphContext } from '../graph-context.ts'
import {
  draftRelation,
  type NewRelation,
  type RelationDraft,
  relationKey,
} from './relation-draft.ts'
import { type Relation, type RelationRow, toRelation } from './relation.ts'

/** What became of a relation to make. */
export interface Related {
  readonly relation: Relation
  /** False where it was there already; it then stays as it was. */
  readonly isNew: boolean
  /** Keys, tokens and passwords that were cut out of its metadata. */
  readonly redactions: number
}

/** Makes all relations or none; see `GraphStore.relateMany`. */
export const relate = async (
  { db, now, newId, secretPolicy }: GraphContext,
  given: readonly NewRelation[],
): Promise<Related[]> => {
  const guarded = given.map(({ metadata }) => guardFields({ metadata }, secretPolicy))
  return db.transaction(async (tx) => {
    const projects = await projectsOf(tx, given)
    const at = now()
    const drafts = given.map((relation, index) =>
      draftRelation(
        { ...relation, ...guarded[index]?.fields },
        { at, id: newId(), projectOf: (id) => projects.get(id) },
      ),
    )
    const rows = await writeRelations(tx, drafts)
    return drafts.map((draft, index) => {
      const row = rows.get(relationKey(draft))
      if (!row) throw new StorageError('busy')
      const redactions = guarded[index]?.redactions ?? 0
      return { relation: toRelation(row), isNew: row.id === draft.id, redactions }
    })
  })
}

const projectsOf = async (
  { query, tables: { entities } }: Database,
  given: readonly NewRelation[],
): Promise<Map<string, string>> => {
  const rows = await lookUp(
    given.flatMap(({ fromId, toId }) => [fromId, toId]),
    (chunk) =>
      query
        .select({ id: entities.id, projectId: entities.projectId })
        .from(entities)
        .where(inArray(entities.id, chunk)),
  )
  return new Map(rows.map(({ id, projectId }) => [id, projectId]))
}

/** Writes relations that are not there yet; all of them by `relationKey`. */
export const writeRelations = async (
  tx: Database,
  drafts: readonly RelationDraft[],
): Promise<Map<string, RelationRow>> => {
  const rows = await findSame(tx, drafts)
  const unknown = new Map<string, RelationDraft>()
  for (const draft of drafts) {
    const key = relationKey(draft)
    if (!rows.has(key) && !unknown.has(key)) unknown.set(key, draft)
  }
  const fresh = [...unknown.values()]
  const inserted = await tx.insertRows(tx.tables.relations, fresh, { passOverTaken: true })
  // A rival that is not visible yet makes this transaction run again, and not fail.
  if (inserted < fresh.length) throw new StorageError('busy')
  for (const row of fresh) rows.set(relationKey(row), row)
  return rows
}

const findSame = async (
  { query, tables: { relations } }: Database,
  drafts: readonly RelationDraft[],
): Promise<Map<string, RelationRow>> => {
  const found = new Map<string, RelationRow>()
  for (const chunk of chunksOf(drafts)) {
    const valuesOf = (field: 'fromId' | 'toId' | 'relationType') => [
      ...new Set(chunk.map((draft) => draft[field])),
    ]
    const rows = await query
      .select()
      .from(relations)
      .where(
        and(
          inArray(relations.fromId, valuesOf('fromId')),
          inArray(relations.toId, valuesOf('toId')),
          inArray(relations.relationType, valuesOf('relationType')),
          isNull(relations.supersededAt),
        ),
      )
    for (const row of rows) found.set(relationKey(row), row)
  }
  return found
}
