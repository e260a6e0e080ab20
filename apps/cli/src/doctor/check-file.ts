import { open, stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Check } from './check.ts'

const MIB = 1024 * 1024
const LOW_MIB = 500
const LEAST_MIB = 50

/** What can be seen of a libSQL database from outside: its log, who may read it, the room it has. */
export const checkFile = async (path: string): Promise<Check[]> => [
  await checkLog(path),
  await checkPermissions(path),
  await checkSpace(path),
]

/** Both format numbers in the header are 2 in write-ahead mode: https://www.sqlite.org/fileformat.html#file_format_version_numbers */
const checkLog = async (path: string): Promise<Check> => {
  const file = await open(path)
  const { buffer } = await file.read({ buffer: Buffer.alloc(2), position: 18 })
  await file.close()
  if (buffer.equals(Buffer.from([2, 2]))) {
    return { name: 'log', status: 'pass', detail: 'write-ahead log' }
  }
  const advice = 'close other programs that use the file, then open it once with athena'
  return { name: 'log', status: 'fail', detail: 'the file does not use a write-ahead log', advice }
}

const checkPermissions = async (path: string): Promise<Check> => {
  const { mode } = await stat(path)
  const bits = (mode & 0o777).toString(8)
  // Windows has no such bits: it answers 666 for every file.
  if ((mode & 0o077) === 0 || process.platform === 'win32') {
    return { name: 'permissions', status: 'pass', detail: `${bits}, the owner only` }
  }
  const detail = `${bits}: others on this machine can read the memory`
  return { name: 'permissions', status: 'warn', detail, advice: `chmod 600 '${path}'` }
}

const checkSpace = async (path: string): Promise<Check> => {
  const { bavail, bsize } = await statfs(dirname(path))
  const free = Math.floor((bavail * bsize) / MIB)
  const detail = `${free} MiB free`
  if (free >= LOW_MIB) return { name: 'disk', status: 'pass', detail }
  const status = free < LEAST_MIB ? 'fail' : 'warn'
  return { name: 'disk', status, detail, advice: 'make room on the disk' }
}
