import { type Database, StorageError } from '@athena-memory/db-core'
import type { DocumentInput } from '@athena-memory/search'
import type { GraphContext, WriteScope } from '../graph-context.ts'
import { draftObservation } from '../observations/observation-draft.ts'
import { observationDocument } from '../observations/observation-document.ts'
import { writeObservations } from '../observations/write-observations.ts'
import { writeDescribed } from '../write-described.ts'
import { describeEntities, entityDocument } from './entity-document.ts'
import { draftEntity, type EntityDraft, entityKey, type NewEntity } from './entity-draft.ts'
import { type Entity, type EntityRow, toEntity } from './entity.ts'
import { findSame } from './find-entities.ts'

/** What became of an entity to add. */
export interface AddedEntity {
  readonly entity: Entity
  /** False where it was there already; it then stays as it was, but for new observations. */
  readonly isNew: boolean
  /** Keys, tokens and passwords that were cut out. */
  readonly redactions: number
}

/** What became of several entities, in their order. */
export interface AddedEntities {
  readonly results: AddedEntity[]
  /** How many of them are new. */
  readonly added: number
  /** How many of their observations are new. */
  readonly observed: number
  /** What the caller should know, such as vectors that are still to be made. */
  readonly notices: string[]
}

/** Adds all entities or none; see `GraphStore.addEntities`. */
export const addEntities = async (
  store: GraphContext,
  given: readonly NewEntity[],
): Promise<AddedEntities> => {
  const at = store.now()
  const { secretPolicy } = store
  const drafts = given.map((entity) => draftEntity(entity, { id: store.newId(), at, secretPolicy }))
  const expected = await expectedDocuments(store.db, drafts)
  const { result, notices } = await writeDescribed(store, expected, async (tx) => {
    const written = await writeEntities({ tx, at, newId: store.newId }, drafts)
    return { result: written, documents: await documentsOf(tx, written) }
  })
  const { rows, observed } = result
  const results = drafts.map((draft) => toAdded(draft, rows.get(entityKey(draft.row))))
  return { results, added: result.fresh.length, observed: observed.length, notices }
}

const toAdded = (draft: EntityDraft, row: EntityRow | undefined): AddedEntity => {
  if (!row) throw new StorageError('busy')
  const { redactions } = draft
  return { entity: toEntity(row), isNew: row.id === draft.row.id, redactions }
}

/** The documents of what is most likely new; only the transaction knows. */
export const expectedDocuments = async (
  db: Database,
  drafts: readonly EntityDraft[],
): Promise<DocumentInput[]> => {
  const known = await findSame(db, drafts)
  return drafts
    .filter(({ row }) => !known.has(entityKey(row)))
    .flatMap(({ row, observations }) => [
      entityDocument(row, observations),
      ...observations.map((content) => observationDocument(row, { ...UNKNOWN, content })),
    ])
}

/** Texts are prepared whatever else is said of them. */
const UNKNOWN = { id: '', observedAt: new Date(0), validFrom: null, validUntil: null } as const

/** Entities as they are after writing them. */
export interface WrittenEntities {
  /** By `entityKey`. */
  readonly rows: ReadonlyMap<string, EntityRow>
  readonly fresh: readonly EntityRow[]
  readonly observed: Awaited<ReturnType<typeof writeObservations>>['fresh']
}

/** The documents that tell of what was written. */
export const documentsOf = async (
  tx: Database,
  { rows, fresh, observed }: WrittenEntities,
): Promise<DocumentInput[]> => {
  const byId = new Map([...rows.values()].map((row) => [row.id, row]))
  const touched = new Set([...fresh, ...observed.map(({ entityId: id }) => ({ id }))].map(idOf))
  const observations = observed.flatMap((row) => {
    const entity = byId.get(row.entityId)
    return entity ? [observationDocument(entity, row)] : []
  })
  return [...(await describeEntities(tx, [...touched])), ...observations]
}

const idOf = ({ id }: { readonly id: string }): string => id

/** Writes what is not there yet, observations included. */
export const writeEntities = async (
  scope: WriteScope,
  drafts: readonly EntityDraft[],
): Promise<WrittenEntities> => {
  const rows = await findSame(scope.tx, drafts)
  const unknown = new Map(
    drafts.map((draft) => [entityKey(draft.row), draft] as const).toReversed(),
  )
  for (const key of rows.keys()) unknown.delete(key)
  const fresh = drafts.filter((draft) => isFirst(draft, unknown)).map(({ row }) => row)
  const inserted = await scope.tx.insertRows(scope.tx.tables.entities, fresh, PASS_OVER)
  // A rival that is not visible yet makes this transaction run again, and not fail.
  if (inserted < fresh.length) throw new StorageError('busy')
  for (const row of fresh) rows.set(entityKey(row), row)
  const observations = drafts.flatMap(({ row, observations: contents }) => {
    const entity = rows.get(entityKey(row))
    return entity ? contents.map((content) => ({ entity, content })) : []
  })
  const { fresh: observed } = await writeObservations(
    scope,
    observations.map(({ entity, content }) =>
      draftObservation({ entityId: entity.id, content }, { ...scope, entity }),
    ),
  )
  return { rows, fresh, observed }
}

const PASS_OVER = { passOverTaken: true } as const

const isFirst = (draft: EntityDraft, firsts: ReadonlyMap<string, EntityDraft>): boolean =>
  firsts.get(entityKey(draft.row)) === draft
