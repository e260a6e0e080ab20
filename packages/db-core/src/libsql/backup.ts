import { randomUUID } from 'node:crypto'
import { rename, rm, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { StorageError } from '../storage-error.ts'
import { createPrivateFile, type DatabaseFile } from './database-file.ts'
import { findDamage } from './integrity.ts'
import { openNative } from './native.ts'
import { type Patience, unlessBusy } from './patience.ts'
import { openSession } from './session.ts'
import { toStorageError } from './to-storage-error.ts'

const reserve = async (target: string): Promise<void> => {
  try {
    await createPrivateFile(target)
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    throw exists
      ? new StorageError('invalid', { detail: 'the backup exists already; name a new file' })
      : new StorageError('unavailable', {
          cause: error,
          detail: 'the backup cannot be created; check its directory',
        })
  }
}

/** A connection of its own: the engine's readers are `query_only`, which forbids `vacuum into`. */
const copyInto = (source: DatabaseFile, copy: string) =>
  unlessBusy(async () => {
    source.assertInPlace()
    await rm(copy, { force: true })
    await createPrivateFile(copy)
    const native = openNative(source.path)
    try {
      native.run(`vacuum into '${copy.replaceAll("'", "''")}'`)
    } finally {
      native.close()
    }
  })

const assertSound = async (copy: string): Promise<void> => {
  const native = openNative(copy)
  try {
    native.run('begin')
    const session = openSession(native)
    const damage = await findDamage(session.connection)
    // Before the connection: it would keep an open snapshot, and its lock, until collected.
    session.close()
    if (damage.length === 0) return
  } finally {
    native.close()
  }
  throw new StorageError('unavailable', { detail: 'the copy is damaged; check the database' })
}

/**
 * Copies the database `source` into the new file `path`: one snapshot, compacted,
 * readable by its owner only. The copy carries another name until it is complete and checked, and
 * is removed on failure. Returns its size. Refuses a `path` that exists.
 */
export const backUp = async (
  source: DatabaseFile,
  path: string,
  patience: Patience,
): Promise<{ bytes: number }> => {
  const target = resolve(path)
  const copy = `${target}.${randomUUID()}.partial`
  await reserve(target)
  try {
    await patience(() => copyInto(source, copy), performance.now())
    await assertSound(copy)
    await rename(copy, target)
  } catch (error) {
    await Promise.all([rm(copy, { force: true }), rm(target, { force: true })])
    throw toStorageError(error)
  }
  return { bytes: (await stat(target)).size }
}
