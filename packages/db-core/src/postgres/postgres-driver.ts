import type { Connection } from '../engine.ts'

/**
 * A client library for PostgreSQL: the engine above it is the same for a pool of connections and
 * for PGlite. Rows come as arrays, dates, JSON and vectors as PostgreSQL's text; rejections are the
 * library's own errors.
 */
export interface PostgresDriver extends Connection {
  /** The most connections at a time. */
  readonly max: number
  /** Connections open now. */
  size(): number
  /**
   * Runs `work` on one connection between `begin <mode>` and `commit`, or `rollback`. At most `max`
   * calls of this and of `execute` are under way at a time. Where the connection is lost before
   * the commit was sent, it rejects with the code `CONNECTION_LOST`.
   */
  begin<T>(mode: string, work: (connection: Connection) => Promise<T>): Promise<T>
  /** Waits for the statements under way, then closes. */
  close(): Promise<void>
}
