import type { Dialect } from '../engine.ts'
import type { Tables } from '../tables/tables.ts'
import type { InsertableTable, InsertOptions } from './insert-rows.ts'
import type { Queries } from './queries.ts'

/** What every store gets: the same inside and outside transactions, on both dialects. */
export interface Database {
  readonly dialect: Dialect
  /** The tables, typed as PostgreSQL's. */
  readonly tables: Tables
  /** Query builders. Outside a transaction each statement is on its own. */
  readonly query: Queries
  /** Whether statements of `query` belong to a transaction that is not committed yet. */
  readonly inTransaction: boolean
  /**
   * Runs `work` atomically and serialised against every other transaction. After a conflict it
   * runs again from the start, so nothing in it may call a model or the network. Inside it, only
   * the database it receives may be used; a transaction in a transaction is a savepoint.
   */
  transaction<T>(work: (tx: Database) => Promise<T>): Promise<T>
  /**
   * Inserts rows of one table and says how many: as `query.insert` does, in a fifth of the time for
   * many. Columns that no row names keep their defaults; of the others, what is undefined is null.
   */
  insertRows<Table extends InsertableTable>(
    table: Table,
    rows: readonly Table['$inferInsert'][],
    options?: InsertOptions,
  ): Promise<number>
  /** Runs `work` in one read-only snapshot; inside a transaction, in that transaction. */
  read<T>(work: (snapshot: Database) => Promise<T>): Promise<T>
  /**
   * Leaves no word of deleted documents in the search structures of a libSQL file, where deleting
   * only marks them. Takes time with the size of the index: 0.1 s for 100,000 short texts. On
   * PostgreSQL nothing happens here: its vacuum does it.
   */
  purge(): Promise<void>
}

/**
 * Picks the branch of the database's dialect. Dialect differences live in db-core and in SQL
 * fragments of search; a store that needs this is wrong.
 */
export const byDialect = <T>(
  { dialect }: Pick<Database, 'dialect'>,
  branches: Record<Dialect, () => T>,
): T => branches[dialect]()
