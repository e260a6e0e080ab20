import { type Database, StorageError } from '@athena-memory/db-core'
import type { DocumentInput } from '@athena-memory/search'
import { describeEntities, entityDocument, TOLD_OBSERVATIONS } from '../entities/entity-document.ts'
import type { EntityRow } from '../entities/entity.ts'
import { findEntityRows } from '../entities/find-entities.ts'
import type { GraphContext } from '../graph-context.ts'
import { groupBy } from '../group-by.ts'
import { type Described, writeDescribed, type Written } from '../write-described.ts'
import { newestObservations } from './find-observations.ts'
import { observationDocument } from './observation-document.ts'
import {
  draftObservation,
  guardObservation,
  type NewObservation,
  type ObservationDraft,
  observationKey,
} from './observation-draft.ts'
import { type Observation, toObservation } from './observation.ts'
import { writeObservations } from './write-observations.ts'

/** What became of something to observe. */
export interface Observed {
  readonly observation: Observation
  /** False where exactly this was known already. */
  readonly isNew: boolean
  /** Keys, tokens and passwords that were cut out. */
  readonly redactions: number
}

/** Adds all observations or none; see `GraphStore.observeMany`. */
export const observe = async (
  store: GraphContext,
  unguarded: readonly NewObservation[],
): Promise<Described<Observed[]>> => {
  const at = store.now()
  const guarded = unguarded.map((each) => guardObservation(each, store.secretPolicy))
  const given = guarded.map(({ observation }) => observation)
  const draft = async (db: Database) => {
    const entities = await entitiesOf(db, given)
    return { entities, drafts: draftAll(given, entities, { at, newId: store.newId }) }
  }
  const { entities, drafts } = await draft(store.db)
  const expected = await expectedDocuments(store.db, entities, drafts)
  return writeDescribed(store, expected, async (tx) => {
    const current = await entitiesOf(tx, given)
    const { rows, fresh } = await writeObservations({ tx, at, newId: store.newId }, drafts)
    const result = drafts.map((each, index) => {
      const row = rows.get(observationKey(each))
      if (!row) throw new StorageError('busy')
      const redactions = guarded[index]?.redactions ?? 0
      return { observation: toObservation(row), isNew: row.id === each.id, redactions }
    })
    return { result, documents: await documentsOf(tx, current, fresh) }
  })
}

type Entities = ReadonlyMap<string, EntityRow>

const entitiesOf = async (db: Database, given: readonly NewObservation[]): Promise<Entities> => {
  const rows = await findEntityRows(
    db,
    given.map(({ entityId }) => entityId),
  )
  const entities = new Map(rows.map((row) => [row.id, row]))
  if (given.every(({ entityId }) => entities.has(entityId))) return entities
  throw new StorageError('missing-reference', { detail: 'entityId must be the id of an entity' })
}

const draftAll = (
  given: readonly NewObservation[],
  entities: Entities,
  options: { at: Date; newId: () => string },
): ObservationDraft[] =>
  given.flatMap((observation) => {
    const entity = entities.get(observation.entityId)
    return entity ? [draftObservation(observation, { ...options, entity })] : []
  })

const expectedDocuments = async (
  db: Database,
  entities: Entities,
  drafts: readonly ObservationDraft[],
): Promise<DocumentInput[]> => {
  const known = await newestObservations(db, entities.keys(), TOLD_OBSERVATIONS)
  const byEntity = groupBy(drafts, ({ entityId }) => entityId)
  return [...byEntity].flatMap(([id, observed]) => {
    const entity = entities.get(id)
    const told = new Set([...(known.get(id) ?? []), ...observed].map(({ content }) => content))
    return entity
      ? [
          entityDocument(entity, [...told]),
          ...observed.map((each) => observationDocument(entity, each)),
        ]
      : []
  })
}

/** The documents that tell of new observations: their own, and those of their entities. */
export const documentsOf = async (
  tx: Database,
  entities: Entities,
  fresh: readonly ObservationDraft[],
): Promise<Written<unknown>['documents']> => {
  const observations = fresh.flatMap((row) => {
    const entity = entities.get(row.entityId)
    return entity ? [observationDocument(entity, row)] : []
  })
  const touched = [...new Set(fresh.map(({ entityId }) => entityId))]
  return [...(await describeEntities(tx, touched)), ...observations]
}
