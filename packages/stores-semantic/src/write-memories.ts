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

/** Writes new memories with their documents; gives their rows. */
export const insertMemories = async (
  { tx, documents }: WriteScope,
  prepared: readonly PreparedMemory[],
): Promise<MemoryRow[]> => {
  const rows = prepared.map(({ row }) => row)
  // A rival that is not visible yet makes this transaction run again, and not fail.
  const written = await tx.insertRows(tx.tables.memories, rows, { passOverTaken: true })
  if (written < rows.length) throw new StorageError('busy')
  await documents.put(
    tx,
    prepared.map(({ document }) => document),
  )
  return rows
}

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
  const known = (await findCurrent(tx, [next.row])).get(keyOf(next.row))
  const current = known ?? (await insertMemories(scope, [next]))[0]
  const [previous] = current ? await change({ supersededBy: current.id }) : []
  if (!current || !previous) throw new StorageError('busy')
  await describeDocument(tx, previous)
  return { current, previous }
}

/** When an old version ceased to be true: never before it began, never later than it already said. */
const endOf = ({ validFrom, validUntil }: MemoryRow, replacedFrom: Date): Date => {
  const end = validUntil && validUntil < replacedFrom ? validUntil : replacedFrom
  return validFrom && validFrom > end ? validFrom : end
}
