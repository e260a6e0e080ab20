import { gzipComment } from './gzip-comment.ts'
import type { BackupTable } from './opened-backup.ts'

/*
 * A snapshot is gzip'd JSON lines: a header, one array for each row (its table, then its cells in
 * the order of the table's columns), and a trailer with the counts and digests of the tables.
 */

/** What the file begins with. */
export const SNAPSHOT_START = gzipComment('athena snapshot')

/** The format that this version writes, and the newest that it reads. */
export const SNAPSHOT_VERSION = 1

/** The first line. */
export interface SnapshotHeader {
  readonly format: 'athena-snapshot'
  readonly version: number
  /** ISO 8601. */
  readonly createdAt: string
  /** The kind of database it was made from. */
  readonly dialect: string
  readonly tables: readonly BackupTable[]
}

/** Whether a parsed line is an object, the header or the trailer, and not a row. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
