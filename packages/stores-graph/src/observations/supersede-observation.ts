import { StorageError } from '@athena-memory/db-core'
import { findEntityRows } from '../entities/find-entities.ts'
import type { GraphContext } from '../graph-context.ts'
import { writeDescribed } from '../write-described.ts'
import { findObservation } from './find-observations.ts'
import {
  draftObservation,
  guardObservation,
  type NewObservation,
  type ObservationDraft,
} from './observation-draft.ts'
import { type Observation, type ObservationRow, toObservation } from './observation.ts'
import { documentsOf } from './observe.ts'
import { observationDocument } from './observation-document.ts'
import { replaceObservation } from './write-observations.ts'

/** What takes an observation's place; what it leaves out stays as it was. */
export interface NextObservation extends Omit<NewObservation, 'entityId'> {
  /** Since when the new content is true, and the old one is not; default now. */
  readonly validFrom?: Date | undefined
}

/** What became of an observation that was replaced. */
export interface SupersededObservation {
  readonly observation: Observation
  /** The one before it, which is kept. */
  readonly previous: Observation
  /** Whether another observation of the entity said the same already, and took its place. */
  readonly isDuplicate: boolean
  /** Keys, tokens and passwords that were cut out. */
  readonly redactions: number
  readonly notices: string[]
}

/** Replaces an observation; see `GraphStore.supersedeObservation`. */
export const supersedeObservation = async (
  store: GraphContext,
  id: string,
  given: NextObservation,
): Promise<SupersededObservation | undefined> => {
  const old = await findObservation(store.db, id)
  if (!old) return undefined
  const at = store.now()
  const { observation, redactions } = guardObservation(given, store.secretPolicy)
  const next = draftNext(old, observation, { at, newId: store.newId })
  const [entity] = await findEntityRows(store.db, [old.entityId])
  const expected = entity ? [observationDocument(entity, next)] : []
  const { result, notices } = await writeDescribed(store, expected, async (tx) => {
    const current = await findObservation(tx, id)
    if (!current) return { result: undefined, documents: [] }
    assertCurrent(current)
    const replaced = await replaceObservation({ tx, at, newId: store.newId }, current, next)
    const rows = await findEntityRows(tx, [current.entityId])
    const entities = new Map(rows.map((row) => [row.id, row]))
    return { result: replaced, documents: await documentsOf(tx, entities, [replaced.current]) }
  })
  return (
    result && {
      observation: toObservation(result.current),
      previous: toObservation(result.previous),
      isDuplicate: result.current.id !== next.id,
      redactions,
      notices,
    }
  )
}

const draftNext = (
  old: ObservationRow,
  given: NextObservation,
  { at, newId }: { at: Date; newId: () => string },
): ObservationDraft => {
  assertCurrent(old)
  const validFrom = given.validFrom ?? at
  const isOpen = old.validUntil !== null && old.validUntil > validFrom
  const next = draftObservation(
    {
      ...given,
      entityId: old.entityId,
      confidence: given.confidence ?? old.confidence,
      source: given.source ?? old.source ?? undefined,
      validFrom,
      validUntil: given.validUntil ?? (isOpen ? (old.validUntil ?? undefined) : undefined),
    },
    { entity: old, at, newId },
  )
  if (next.contentHash !== old.contentHash) return next
  throw new StorageError('invalid', { detail: 'content must differ from what it replaces' })
}

const assertCurrent = ({ supersededAt, supersededBy }: ObservationRow): void => {
  if (supersededAt === null) return
  const detail = `this observation is superseded already; supersede ${supersededBy ?? 'its successor'}`
  throw new StorageError('conflict', { detail })
}
