import { findContents, isOwnedBy } from '@athena-memory/db-core/stores'
import { type Database, StorageError } from '@athena-memory/db-core'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import { GRAPH_LAYER } from '../graph-layer.ts'
import type { WriteScope } from '../graph-context.ts'
import { endOf } from '../is-true-at.ts'
import { type ObservationDraft, observationKey } from './observation-draft.ts'
import type { ObservationRow } from './observation.ts'

/** Observations as they are after writing them. */
export interface WrittenObservations {
  /** Current ones by `observationKey`. */
  readonly rows: ReadonlyMap<string, ObservationRow>
  readonly fresh: readonly ObservationRow[]
}

/** Writes what no current observation says already. What has expired and is said again is renewed. */
export const writeObservations = async (
  scope: WriteScope,
  drafts: readonly ObservationDraft[],
): Promise<WrittenObservations> => {
  const rows = await findCurrent(scope.tx, drafts)
  const firsts = new Map(drafts.toReversed().map((draft) => [observationKey(draft), draft]))
  const fresh: ObservationRow[] = []
  for (const [key, draft] of firsts) {
    const known = rows.get(key)
    if (!known || !isExpired(known, scope.at) || isExpired(draft, scope.at)) continue
    const from = draft.validFrom ?? scope.at
    const renewed = await replaceObservation(scope, known, { ...draft, validFrom: from })
    rows.set(key, renewed.current)
    fresh.push(renewed.current)
  }
  const unknown = drafts.filter((draft) => {
    const key = observationKey(draft)
    return firsts.get(key) === draft && !rows.has(key)
  })
  for (const row of await insertObservations(scope.tx, unknown)) {
    rows.set(observationKey(row), row)
    fresh.push(row)
  }
  return { rows, fresh }
}

const isExpired = ({ validUntil }: Pick<ObservationRow, 'validUntil'>, at: Date): boolean =>
  validUntil !== null && validUntil <= at

/** Current observations that say the same, by `observationKey`. */
const findCurrent = async (
  db: Database,
  drafts: readonly ObservationDraft[],
): Promise<Map<string, ObservationRow>> => {
  const { observations } = db.tables
  const contents = drafts.map(({ entityId, contentHash }) => ({ ownerId: entityId, contentHash }))
  const rows = await findContents(db, contents, {
    idOf: ({ ownerId, contentHash }) =>
      db.query
        .select({ id: observations.id })
        .from(observations)
        .where(
          and(
            eq(observations.contentHash, contentHash),
            isOwnedBy(observations.entityId, ownerId),
            isNull(observations.supersededAt),
          ),
        ),
    read: (ids) => db.query.select().from(observations).where(inArray(observations.id, ids)),
  })
  return new Map(rows.map((row) => [observationKey(row), row]))
}

const insertObservations = async (
  tx: Database,
  drafts: readonly ObservationDraft[],
): Promise<readonly ObservationRow[]> => {
  const inserted = await tx.insertRows(tx.tables.observations, drafts, { passOverTaken: true })
  if (inserted < drafts.length) throw new StorageError('busy')
  return drafts
}

/**
 * Puts an observation in the place of an old one, which stays and says when it ceased to be true. Where
 * another current one says the same already, that one takes its place.
 */
export const replaceObservation = async (
  { tx, at }: WriteScope,
  old: ObservationRow,
  next: ObservationDraft,
): Promise<{ current: ObservationRow; previous: ObservationRow }> => {
  const { observations, documents } = tx.tables
  const change = (changes: Partial<ObservationRow>) =>
    tx.query.update(observations).set(changes).where(eq(observations.id, old.id)).returning()

  // The old one leaves the index of current contents first, and points at the new one last.
  const validUntil = endOf(old, next.validFrom ?? at)
  await change({ supersededAt: at, validUntil, updatedAt: at })
  const known = (await findCurrent(tx, [next])).get(observationKey(next))
  const current = known ?? (await insertObservations(tx, [next]))[0]
  const [previous] = current ? await change({ supersededBy: current.id }) : []
  if (!current || !previous) throw new StorageError('busy')
  await tx.query
    .update(documents)
    .set({ validUntil, updatedAt: at })
    .where(and(eq(documents.layer, GRAPH_LAYER), eq(documents.sourceId, old.id)))
  return { current, previous }
}
