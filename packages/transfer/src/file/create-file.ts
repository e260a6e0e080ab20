import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { access, link, lstat, open, rename, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { TransferError } from '../transfer-error.ts'

/**
 * Makes a new file that is never seen half written: `work` writes to the path it is given, beside
 * the target, and the result takes its name when it is done. Leaves nothing behind on failure.
 *
 * @throws TransferError `exists` where there is a file already, `not-writable` where none can be
 */
export const createFile = async <T>(
  path: string,
  work: (partial: string) => Promise<T>,
): Promise<T> => {
  const target = resolve(path)
  await assertFree(target)
  await assertWritable(dirname(target))
  const partial = `${target}.${randomUUID()}.partial`
  try {
    const result = await work(partial)
    await publish(partial, target)
    return result
  } finally {
    await rm(partial, { force: true })
  }
}

const assertFree = async (target: string): Promise<void> => {
  const found = await lstat(target).catch(() => undefined)
  if (found) throw exists(target)
}

const exists = (target: string) =>
  new TransferError('exists', `${target} exists already; name a new file`)

const assertWritable = async (folder: string): Promise<void> => {
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    const message = `nothing can be written to ${folder}; make the folder, or name another`
    throw new TransferError('not-writable', message, { cause })
  })
}

/** A link, unlike a rename, never takes the place of a file that came into being meanwhile. */
const publish = async (partial: string, target: string): Promise<void> => {
  await link(partial, target).catch(async () => {
    await assertFree(target)
    // The file system has no links.
    await rename(partial, target)
  })
  await syncFolder(dirname(target))
}

const syncFolder = async (folder: string): Promise<void> => {
  // Windows opens no folders, and needs none of this.
  const handle = await open(folder).catch(() => undefined)
  await handle?.sync().finally(() => handle.close())
}
