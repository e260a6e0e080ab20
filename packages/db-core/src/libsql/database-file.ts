import { statSync } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { StorageError } from '../storage-error.ts'

/** The file that a database lives in. */
export interface DatabaseFile {
  /** Absolute. */
  readonly path: string
  /**
   * Throws `unavailable` when the file was removed or replaced since it was opened: what is
   * written through an open connection would then be lost with it.
   */
  assertInPlace(): void
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code

/**
 * Creates an empty file readable by its owner only. Never opens a file that exists: closing it
 * would drop the locks that this process's other connections hold on it (fcntl's semantics).
 */
export const createPrivateFile = async (path: string): Promise<void> => {
  const file = await open(path, 'wx', 0o600)
  await file.close()
}

const createIfAbsent = async (path: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await createPrivateFile(path).catch((error: unknown) => {
    if (!isCode(error, 'EEXIST')) throw error
  })
}

const identify = (path: string) => {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found && { isFile: found.isFile(), identity: `${found.dev}:${found.ino}` }
}

const claim = async (path: string) => {
  try {
    await createIfAbsent(path)
    return identify(path)
  } catch (error) {
    throw new StorageError('unavailable', {
      cause: error,
      detail: 'the database file cannot be created; check its path and permissions',
    })
  }
}

/**
 * Makes sure that `path` is a file: creates it (mode 0600) and its directories (mode 0700) where
 * they are missing. Refuses `:memory:` and an empty path, since every connection to those has a
 * database of its own, and a path that is not a file.
 */
export const claimDatabaseFile = async (path: string): Promise<DatabaseFile> => {
  if (path === '' || path.startsWith(':memory:')) {
    throw new StorageError('invalid', { detail: 'path must name a file, not a database in memory' })
  }
  const absolute = resolve(path)
  const claimed = await claim(absolute)
  if (claimed?.isFile !== true) {
    throw new StorageError('unavailable', { detail: 'path must name a file; it is something else' })
  }
  return {
    path: absolute,
    assertInPlace() {
      if (identify(absolute)?.identity === claimed.identity) return
      throw new StorageError('unavailable', {
        detail: 'the database file was removed or replaced; restore it and open it again',
      })
    },
  }
}
