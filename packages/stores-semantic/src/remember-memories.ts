import { type Database, StorageError } from '@athena-memory/db-core'
import { findCurrent, keyOf } from './find-memories.ts'
import { draftMemory, type MemoryDraft, type NewMemory } from './memory-draft.ts'
import { type Memory, type MemoryRow, toMemory } from './memory.ts'
import { prepareDrafts, type PreparedMemory, type StoreContext } from './store-context.ts'
import { insertMemories, replaceMemory, type WriteScope } from './write-memories.ts'

/** What became of something to remember. */
export interface Remembered {
  readonly memory: Memory
  /** Whether exactly this was known already; `memory` is then the one that was there. */
  readonly isDuplicate: boolean
  /** Keys, tokens and passwords that were cut out. */
  readonly redactions: number
}

/** What became of several things to remember, in their order. */
export interface RememberOutcome {
  readonly results: Remembered[]
  readonly duplicates: number
  /** What the caller should know, such as vectors that are still to be made. */
  readonly notices: string[]
}

type CurrentRows = ReadonlyMap<string, MemoryRow>

/** Remembers everything or nothing; see `SemanticStore.rememberMany`. */
export const rememberMemories = async (
  store: StoreContext,
  given: readonly NewMemory[],
): Promise<RememberOutcome> => {
  const now = store.now()
  const drafts = given.map((memory) =>
    draftMemory(memory, { id: store.newId(), now, secretPolicy: store.secretPolicy }),
  )
  const known = await findCurrent(
    store.db,
    drafts.map(({ row }) => row),
  )
  const prepared = await prepareDrafts(store, unknownDrafts(drafts, known, now))
  const rows = await store.db.transaction((tx) =>
    writeUnknown({ tx, documents: store.documents, at: now }, drafts, prepared),
  )
  const results = drafts.map((draft) => toRemembered(draft, rows))
  return {
    results,
    duplicates: results.filter(({ isDuplicate }) => isDuplicate).length,
    notices: noticesOf(prepared),
  }
}

/** What the index says about texts that it prepared, each thing once. */
export const noticesOf = (prepared: readonly PreparedMemory[]): string[] => [
  ...new Set(prepared.flatMap(({ document: { notice } }) => notice ?? [])),
]

/** The first of each content that no memory holds as true now. */
const unknownDrafts = (
  drafts: readonly MemoryDraft[],
  known: CurrentRows,
  now: Date,
): MemoryDraft[] => {
  const firsts = new Map(drafts.toReversed().map((draft) => [keyOf(draft.row), draft]))
  return drafts.filter((draft) => {
    const key = keyOf(draft.row)
    return firsts.get(key) === draft && !isKnown(draft, known, now)
  })
}

/** What has expired and is said to be true again is not known any more: it makes a new version. */
const isKnown = ({ row }: Pick<MemoryDraft, 'row'>, known: CurrentRows, now: Date): boolean => {
  const same = known.get(keyOf(row))
  return same !== undefined && (!hasExpired(same, now) || hasExpired(row, now))
}

const hasExpired = ({ validUntil }: Pick<MemoryRow, 'validUntil'>, now: Date): boolean =>
  validUntil !== null && validUntil <= now

const writeUnknown = async (
  scope: WriteScope,
  drafts: readonly MemoryDraft[],
  prepared: readonly PreparedMemory[],
): Promise<Map<string, MemoryRow>> => {
  const rows = await currentRows(scope.tx, drafts)
  const unknown = prepared.filter((next) => !isKnown(next, rows, scope.at))
  const fresh = unknown.filter(({ row }) => !rows.has(keyOf(row)))
  for (const next of unknown) {
    const old = rows.get(keyOf(next.row))
    if (old) rows.set(keyOf(old), await renew(scope, old, next))
  }
  for (const row of await insertMemories(scope, fresh)) rows.set(keyOf(row), row)
  return rows
}

const currentRows = (tx: Database, drafts: readonly MemoryDraft[]) =>
  findCurrent(
    tx,
    drafts.map(({ row }) => row),
  )

const renew = async (
  scope: WriteScope,
  old: MemoryRow,
  next: PreparedMemory,
): Promise<MemoryRow> => {
  const row = { ...next.row, version: old.version + 1, validFrom: next.row.validFrom ?? scope.at }
  const input = { ...next.document.input, validFrom: row.validFrom }
  const renewed = { ...next, row, document: { ...next.document, input } }
  const reason = 'remembered again after it had expired'
  return (await replaceMemory(scope, { old, next: renewed, reason })).current
}

const toRemembered = (draft: MemoryDraft, rows: CurrentRows): Remembered => {
  const row = rows.get(keyOf(draft.row))
  // It was known a moment ago, and forgotten before it could be looked at again.
  if (!row) throw new StorageError('busy')
  return {
    memory: toMemory(row),
    isDuplicate: row.id !== draft.row.id,
    redactions: draft.redactions,
  }
}
