import type { OpenDatabase } from '@athena-memory/db-core'

/** A row as raw statements return it: values in column order. */
export type RawRow = readonly unknown[]

/** A database made for one test file, with doors that stores do not have. */
export interface TestDatabase extends OpenDatabase {
  /** One statement as the application: on PostgreSQL as a member of `athena_app`. */
  execute(sql: string, params?: readonly unknown[]): Promise<readonly RawRow[]>
  /** One statement as the owner of the tables. */
  executeAsOwner(sql: string, params?: readonly unknown[]): Promise<readonly RawRow[]>
  /** Removes all rows of all tenants. */
  empty(): Promise<void>
}

/** A kind of database that the tests run on. */
export interface Backend {
  readonly name: 'libsql' | 'pglite' | 'postgres'
  /** A new, migrated, empty database. */
  open(): Promise<TestDatabase>
}
