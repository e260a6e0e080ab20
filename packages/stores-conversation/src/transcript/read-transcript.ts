import { readFile, stat } from 'node:fs/promises'
import { StorageError } from '@athena-memory/db-core'

/** The largest transcript that is read at once. */
const MAX_TRANSCRIPT_BYTES = 64 * 1024 * 1024

/**
 * The text of a transcript on this machine.
 *
 * @throws StorageError `invalid` where it is no file, cannot be read or has more than 64 MiB
 */
export const readTranscript = async (path: string): Promise<string> => {
  const size = await stat(path).then(
    (found) => (found.isFile() ? found.size : undefined),
    () => undefined,
  )
  if (size === undefined) throw unreadable('must name a file that can be read')
  if (size > MAX_TRANSCRIPT_BYTES) throw unreadable('must name a file of at most 64 MiB')
  return readFile(path, 'utf8').catch(() => {
    throw unreadable('must name a file that can be read')
  })
}

const unreadable = (problem: string) => new StorageError('invalid', { detail: `path ${problem}` })
