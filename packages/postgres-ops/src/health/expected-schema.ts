/** A column, as PostgreSQL writes its parts. */
export interface ExpectedColumn {
  readonly name: string
  readonly type: string
  readonly isRequired: boolean
  /** The default, or the expression of a generated column. */
  readonly expression?: string
  readonly isGenerated?: boolean
  /** Whether it numbers rows: `always` or `by default`. */
  readonly identity?: 'always' | 'by default'
}

/** Something that has a name and is made by a definition. */
export interface ExpectedObject {
  readonly name: string
  readonly definition: string
}

/** A table that should be there. */
export interface ExpectedTable {
  readonly schema: string
  readonly name: string
  readonly columns: readonly ExpectedColumn[]
  /** Definitions are whole statements; indexes of constraints are not among them. */
  readonly indexes: readonly ExpectedObject[]
  /** Definitions are what follows the name in `add constraint`. */
  readonly constraints: readonly ExpectedObject[]
  /** Definitions are what follows the table in `create policy`. */
  readonly policies: readonly ExpectedObject[]
  /** Whether policies hold at all: for others than the owner, or for the owner too. */
  readonly rowSecurity: 'none' | 'enabled' | 'forced'
}

/** Where a database notes which migrations it has seen. */
export interface ExpectedMigrations {
  /** A table, without its schema when the search path finds it. */
  readonly table: string
  readonly column: string
  /** What the column holds once all are applied. */
  readonly applied: readonly string[]
}

/** What migrations make of a database. `readSchema` reads it from one that is as it should be. */
export interface ExpectedSchema {
  readonly tables: readonly ExpectedTable[]
  readonly migrations?: ExpectedMigrations
  /** A table by which such databases are known: nothing is expected of one without it. */
  readonly knownBy?: string
}
