import { type Database, StorageError } from '@athena-memory/db-core'
import { findCurrent, findValidity, keyOf, type Validity } from './find-memories.ts'
import { draftMemory, type MemoryDraft, type NewMemory } from './memory-draft.ts'
import { type Memory, type MemoryRow, toMemory } from './memory.ts'
import { prepareDrafts, type PreparedMemory, type StoreContext } from './store-context.ts'
import { insertDocuments, insertUntaken, replaceMemory, type WriteScope } from './write-memories.ts'

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
  const prepared = await prepareDrafts(store, await unknownDrafts(store, drafts, now))
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

/** The first of each content; where texts are embedded, those left out that are known already. */
const unknownDrafts = async (
  { db, documents }: StoreContext,
  drafts: readonly MemoryDraft[],
  now: Date,
): Promise<MemoryDraft[]> => {
  const firsts = firstOfEach(drafts)
  if (!documents.embeds) return firsts
  const known = await findValidity(
    db,
    firsts.map(({ row }) => row),
  )
  return firsts.filter((draft) => !isKnown(draft, known, now))
}

const firstOfEach = (drafts: readonly MemoryDraft[]): MemoryDraft[] =>
  [...new Map(drafts.toReversed().map((draft) => [keyOf(draft.row), draft])).values()].toReversed()

/** What has expired and is said to be true again is not known any more: it makes a new version. */
const isKnown = (
  { row }: Pick<MemoryDraft, 'row'>,
  known: ReadonlyMap<string, Validity>,
  now: Date,
): boolean => {
  const same = known.get(keyOf(row))
  return same !== undefined && (!hasExpired(same, now) || hasExpired(row, now))
}

const hasExpired = ({ validUntil }: Validity, now: Date): boolean =>
  validUntil !== null && validUntil <= now

/** The current row of every content, by `keyOf`: new ones are written, expired ones renewed. */
const writeUnknown = async (
  scope: WriteScope,
  drafts: readonly MemoryDraft[],
  prepared: readonly PreparedMemory[],
): Promise<Map<string, MemoryRow>> => {
  const written = await insertUntaken(scope.tx, prepared)
  if (written === drafts.length) {
    await insertDocuments(scope, prepared)
    return new Map(prepared.map(({ row }) => [keyOf(row), row]))
  }
  const rows = await currentRows(scope.tx, drafts)
  const fresh = prepared.filter(({ row }) => rows.get(keyOf(row))?.id === row.id)
  // A rival that is not visible yet makes this transaction run again, and not fail.
  if (fresh.length !== written) throw new StorageError('busy')
  for (const next of prepared) {
    const old = rows.get(keyOf(next.row))
    if (!old) throw new StorageError('busy')
    if (!isKnown(next, rows, scope.at)) rows.set(keyOf(old), await renew(scope, old, next))
  }
  await insertDocuments(scope, fresh)
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
