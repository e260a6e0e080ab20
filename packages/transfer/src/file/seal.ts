import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { gzipComment } from './gzip-comment.ts'

/*
 * A backup ends with a seal: the SHA-256 of everything before it, as a comment that `gunzip` and
 * SQLite both pass over. SQLite itself has no checksums, and gzip has none for its own headers.
 */
const sealOf = (hash: Hash): Buffer => gzipComment(`athena backup sha256 ${hash.digest('hex')}`)

const SEAL_BYTES = sealOf(createHash('sha256')).length
const SEAL_START = gzipComment('athena backup sha256 ').subarray(0, -11)

/** A file whose seal is right. */
export interface Sealed {
  /** Size of what was sealed: the file without its seal. */
  readonly bodyBytes: number
  /** Size of the file. */
  readonly bytes: number
  /** SHA-256 of the whole file, in hex. */
  readonly sha256: string
}

/** Appends the seal and waits until all of the file is on disk. */
export const sealFile = async (path: string): Promise<void> => {
  const hash = await hashFile(path, (await stat(path)).size)
  const file = await open(path, 'a')
  try {
    await file.appendFile(sealOf(hash))
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Checks the seal: `undefined` where the file has none, `broken` where it has another content. */
export const checkSeal = async (path: string): Promise<Sealed | 'broken' | undefined> => {
  const { size: bytes } = await stat(path)
  const bodyBytes = bytes - SEAL_BYTES
  const seal = await readPart(path, bodyBytes, SEAL_BYTES)
  if (!seal.subarray(0, SEAL_START.length).equals(SEAL_START)) return undefined
  const hash = await hashFile(path, bodyBytes)
  const whole = hash.copy().update(seal)
  return seal.equals(sealOf(hash)) ? { bodyBytes, bytes, sha256: whole.digest('hex') } : 'broken'
}

/** The bytes from `start`; none where that is before the file. */
export const readPart = async (path: string, start: number, length: number): Promise<Buffer> => {
  const file = await open(path)
  try {
    if (start < 0) return Buffer.alloc(0)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, start)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

const hashFile = async (path: string, bytes: number): Promise<Hash> => {
  const hash = createHash('sha256')
  if (bytes === 0) return hash
  const parts: AsyncIterable<Buffer> = createReadStream(path, { end: bytes - 1 })
  for await (const part of parts) hash.update(part)
  return hash
}
