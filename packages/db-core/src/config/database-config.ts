/** A libSQL file. */
export interface SqliteConfig {
  readonly type: 'sqlite'
  /** Path of the file; it and its directory are made when they are missing. */
  readonly path: string
  /** Whose memory it is; another tenant than `default` has a file of its own beside it. */
  readonly tenantId: string
}

/** A PostgreSQL database with pgvector. */
export interface PostgresConfig {
  readonly type: 'postgres'
  readonly url: string
  /** The owner of the tables, for migrations; the same as `url` when absent. */
  readonly ownerUrl?: string | undefined
  /** A role to take on after connecting, such as `athena_app`. */
  readonly role?: string | undefined
  readonly tenantId: string
  /** Connections kept open. */
  readonly minSize: number
  /** The most connections. */
  readonly maxSize: number
  readonly statementTimeoutMs: number
  readonly lockTimeoutMs: number
  /** What to open while PostgreSQL cannot be reached. Two databases then hold parts of the memory. */
  readonly fallback?: SqliteConfig | undefined
}

/** Which database, and whose memory in it. */
export type DatabaseConfig = SqliteConfig | PostgresConfig

/** The tenant of those who named none. */
export const DEFAULT_TENANT = 'default'
