/** The two kinds of database Athena runs on. */
export type Dialect = 'postgres' | 'sqlite'

/** A row as the driver returned it: values in column order. */
export type Row = readonly unknown[]

/** Lists of values, one for each run of a statement; made when they are needed. */
export type ValueLists = Iterable<readonly unknown[]>

/** Runs single statements on one connection. */
export interface Connection {
  execute(sql: string, params: readonly unknown[]): Promise<readonly Row[]>
  /**
   * Runs one statement once for each list of values and says how many rows were changed in all. Absent
   * where few statements of many rows are faster.
   */
  changeEach?(sql: string, lists: ValueLists): Promise<number>
}

/** How many connections there are and what they do. */
export interface PoolStats {
  /** Connections open now. */
  readonly size: number
  /** Connections busy with a statement or transaction now. */
  readonly inFlight: number
  /** Callers waiting for a connection now. */
  readonly waiting: number
  /** The most connections there may be. */
  readonly max: number
  /** `inFlight / max`, from 0 to 1. */
  readonly utilisation: number
}

/**
 * What a driver must do; everything above it is the same for both dialects.
 *
 * Every rejection is a `StorageError`, or what `work` itself threw.
 */
export interface Engine extends Connection {
  readonly dialect: Dialect
  /**
   * One statement outside any transaction: a read sees the last commit, a write is a transaction
   * of its own.
   */
  execute(sql: string, params: readonly unknown[]): Promise<readonly Row[]>
  /** Runs `work` in one read-only snapshot. */
  read<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  /** Runs `work` atomically; after a conflict it runs again from the start. */
  write<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  /** Version of the database, such as `SQLite 3.45.1` or `PostgreSQL 15.8`. */
  version(): Promise<string>
  poolStats(): PoolStats
  close(): Promise<void>
}
