import { stat } from 'node:fs/promises'
import { TransferError } from '../transfer-error.ts'
import { databaseBytes, isDatabase, openDatabaseCopy } from './database-copy.ts'
import type { OpenedBackup } from './opened-backup.ts'
import { checkSeal, readPart, type Sealed } from './seal.ts'
import { isSnapshot, openSnapshot } from './read-snapshot.ts'

/** Bytes at the beginning that tell what a file is. */
const START_BYTES = 100

/**
 * Opens what `backup` made, whichever of its two forms it has. The file is only read.
 *
 * @throws TransferError `not-found`, `not-a-backup`, `damaged` or `newer`
 */
export const openBackup = async (path: string): Promise<OpenedBackup & { file: Sealed }> => {
  await assertFile(path)
  const start = await readPart(path, 0, START_BYTES)
  const file = await checkSeal(path)
  if (file === 'broken') throw damaged('it is not as it was written')
  if (file === undefined) throw await describeUnsealed(path, start)
  if (isDatabase(start)) return { ...(await openDatabaseCopy(path, file)), file }
  if (isSnapshot(start)) return { ...(await openSnapshot(path, file)), file }
  throw foreign()
}

const assertFile = async (path: string): Promise<void> => {
  const found = await stat(path).catch((cause: unknown) => {
    throw new TransferError('not-found', `there is no file ${path} that can be read`, { cause })
  })
  if (!found.isFile()) throw foreign()
}

const damaged = (why: string) =>
  new TransferError('damaged', `the backup is damaged: ${why}; use another one`)

const foreign = () => new TransferError('not-a-backup', 'the file is not a backup made by Athena')

/** What is whole but has no seal is a database in use, or was one; the rest was cut off. */
const describeUnsealed = async (path: string, start: Buffer): Promise<TransferError> => {
  if (isSnapshot(start)) return damaged('its end is missing')
  if (!isDatabase(start)) return foreign()
  if ((await stat(path)).size !== databaseBytes(start)) return damaged('its end is missing')
  const message = 'the file is a database and not a backup; open it, or make a backup of it'
  return new TransferError('not-a-backup', message)
}
