import { eq } from 'drizzle-orm'
import { checkMemory } from './check-memory.ts'
import { findRow } from './find-memories.ts'
import { describeDocument } from './memory-document.ts'
import { type Memory, type MemoryDomain, type MemoryType, toMemory, type Trust } from './memory.ts'
import { guardText } from '@athena-memory/db-core/secrets'
import type { StoreContext } from './store-context.ts'

/** What to change: absent fields stay as they are, null clears one. Contents change by versions. */
export interface MemoryChanges {
  readonly memoryType?: MemoryType | undefined
  readonly domain?: MemoryDomain | undefined
  readonly tags?: readonly string[] | undefined
  readonly confidence?: number | undefined
  readonly source?: string | null | undefined
  readonly trust?: Trust | undefined
  readonly validFrom?: Date | null | undefined
  readonly validUntil?: Date | null | undefined
}

/** Changes what is known about a memory; see `SemanticStore.update`. */
export const updateMemory = async (
  { db, now, secretPolicy }: StoreContext,
  id: string,
  changes: MemoryChanges,
): Promise<Memory | undefined> => {
  checkMemory(changes)
  const source = changes.source && guardText(changes.source, secretPolicy, 'source').text
  const { tags, ...rest } = changes
  const values = { ...rest, source, ...(tags && { tags: [...new Set(tags)] }), updatedAt: now() }
  return db.transaction(async (tx) => {
    const { memories } = tx.tables
    const old = await findRow(tx, id)
    if (!old) return undefined
    const { validFrom = old.validFrom, validUntil = old.validUntil } = changes
    checkMemory({ validFrom, validUntil })
    const [row] = await tx.query.update(memories).set(values).where(eq(memories.id, id)).returning()
    if (!row) return undefined
    await describeDocument(tx, row)
    return toMemory(row)
  })
}
