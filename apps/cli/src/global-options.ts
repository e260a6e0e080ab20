/** The flags of every command. */
export interface GlobalOptions {
  /** Print one JSON value instead of text. */
  readonly json?: boolean
  /** Address of the database: `file:PATH` or `postgres://...`. */
  readonly db?: string
  /** What may be done with a PostgreSQL: `query`, `execute` or `alter`. */
  readonly postgresOps?: 'query' | 'execute' | 'alter'
  /** Name of the project. */
  readonly project?: string
}
