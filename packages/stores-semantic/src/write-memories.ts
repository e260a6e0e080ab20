import { type Database, StorageError } from '@athena-memory/db-core'
import type { DocumentIndex } from '@athena-memory/search'
import { eq } from 'drizzle-orm'
import { findCurrent, keyOf } from './find-memories.ts'
import { describeDocument } from './memory-document.ts'
import type { MemoryRow } from './memory.ts'
import type { PreparedMemory } from './store-context.ts'

/** A transaction and the index that takes part in it. */
export interface WriteScope {
  readonly tx: Database
  readonly documents: DocumentIndex
  readonly at: Date
}

/**
 * Writes new memories, those left out whose contents current memories have already, and says how many
 * it wrote. Their documents are still to be written.
 */
export const insertUntaken = (tx: Database, prepared: readonly PreparedMemory[]): Promise<number> =>
  tx.insertRows(
    tx.tables.memories,
    prepared.map(({ row }) => row),
    { passOverTaken: true },
  )

/** Writes the documents of new memories. */
export const insertDocuments = (
  { tx, documents }: WriteScope,
  prepared: readonly PreparedMemory[],
): Promise<void> =>
  documents.put(
    tx,
    prepared.map(({ document }) => document),
  )

/** A version and what takes its place. */
export interface Replacement {
  readonly old: MemoryRow
  readonly next: PreparedMemory
  readonly reason: string | null
}

/**
 * Puts a new version in the place of an old one, which stays as it was and says when it ceased to be
 * true. Where another current memory has the new content already, that one takes its place.
 */
export const replaceMemory = async (
  scope: WriteScope,
  { old, next, reason }: Replacement,
): Promise<{ current: MemoryRow; previous: MemoryRow }> => {
  const { tx, at } = scope
  const { memories } = tx.tables
  const change = <Changes extends Partial<MemoryRow>>(changes: Changes) =>
    tx.query.update(memories).set(changes).where(eq(memories.id, old.id)).returning()

  // The old version leaves the index of current contents first, and points at the new one last.
  await change({
    supersededAt: at,
    supersededReason: reason,
    consolidationState: 'superseded',
    validUntil: endOf(old, next.row.validFrom ?? at),
    updatedAt: at,
  })
  const current = await insertOrFind(scope, next)
  const [previous] = await change({ supersededBy: current.id })
  if (!previous) throw new StorageError('busy')
  await describeDocument(tx, previous)
  return { current, previous }
}

/** The new memory, or the current one that has its content already. */
const insertOrFind = async (scope: WriteScope, next: PreparedMemory): Promise<MemoryRow> => {
  if ((await insertUntaken(scope.tx, [next])) > 0) {
    await insertDocuments(scope, [next])
    return next.row
  }
  const known = (await findCurrent(scope.tx, [next.row])).get(keyOf(next.row))
  // A rival that is not visible yet makes this transaction run again, and not fail.
  if (!known) throw new StorageError('busy')
  return known
}

/** When an old version ceased to be true: never before it began, never later than it already said. */
const endOf = ({ validFrom, validUntil }: MemoryRow, replacedFrom: Date): Date => {
  const end = validUntil && validUntil < replacedFrom ? validUntil : replacedFrom
  return validFrom && validFrom > end ? validFrom : end
}
