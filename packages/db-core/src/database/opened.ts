import type { Dialect, PoolStats } from '../engine.ts'
import type { MigrationState } from '../migrations/migrate.ts'
import type { Database } from './database.ts'

export interface OpenOptions {
  /** Whether pending migrations are applied when opening; true unless said otherwise. */
  readonly migrate?: boolean
  /** Is told what an operator should know, once each. */
  readonly onWarning?: (message: string) => void
}

/** How a database is. */
export interface DatabaseHealth {
  readonly status: 'ok' | 'degraded' | 'unavailable'
  readonly dialect: Dialect
  /** Time of one small statement, in ms; absent when unavailable. */
  readonly latencyMs?: number
  /** Such as `SQLite 3.45.1`; absent when unavailable. */
  readonly version?: string
  /** Version of pgvector, on PostgreSQL. */
  readonly pgvectorVersion?: string
  readonly migrations?: MigrationState
  readonly pool: PoolStats
  /** What an operator should look at, in whole sentences. */
  readonly warnings: readonly string[]
}

/** A database that was opened here and has to be closed. */
export interface OpenDatabase extends Database {
  /** Whose memory it is. */
  readonly tenantId: string
  /** Where it is, without a password: a file's path or a server's address. */
  readonly location: string
  /** Never rejects: what is wrong is in the answer. */
  health(): Promise<DatabaseHealth>
  poolStats(): PoolStats
  /** Applies pending migrations and answers how many there were. */
  migrate(): Promise<number>
  /**
   * The same database as another tenant sees it: on PostgreSQL over the same connections, on
   * libSQL the file of that tenant beside this one.
   */
  forTenant(tenantId: string): Promise<OpenDatabase>
  /**
   * Writes a consistent, verified copy to a new file while others go on writing; absent where the
   * database is no file.
   *
   * @throws StorageError `invalid` where the file exists
   */
  copyTo?(path: string): Promise<{ bytes: number }>
  /** What is damaged in the file, empty when it is sound; absent where the database is no file. */
  integrityCheck?(): Promise<string[]>
  /** Waits for what is under way, then closes. */
  close(): Promise<void>
}
