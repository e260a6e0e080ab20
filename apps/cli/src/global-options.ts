/** The flags of every command. */
export interface GlobalOptions {
  /** Print one JSON value instead of text. */
  readonly json?: boolean
  /** Address of the database: `file:PATH` or `postgres://...`. */
  readonly db?: string
  /** Name of the project. */
  readonly project?: string
}
