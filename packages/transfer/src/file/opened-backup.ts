import type { PortableTable } from '../rows/portable-table.ts'
import type { TableRows } from '../rows/table-rows.ts'

/** A table as a backup holds it. */
export interface BackupTable {
  readonly name: string
  /** SQL names of its columns. */
  readonly columns: readonly string[]
  /** How many rows it says there are. */
  readonly rows: number
}

/** What a backup says of a table, of which a database has `counts` rows by name. */
export const describeTable = (
  { name, columns }: PortableTable,
  counts: Readonly<Record<string, number>>,
): BackupTable => ({
  name,
  columns: columns.map((column) => column.name),
  rows: counts[name] ?? 0,
})

/** A backup whose file is whole. */
export interface OpenedBackup {
  readonly tables: readonly BackupTable[]
  /**
   * All rows, parents before children; may be read again.
   *
   * @throws TransferError `damaged` where they are not what was backed up
   */
  rows(): AsyncIterable<TableRows>
  /** Removes what was needed to read it. */
  close(): Promise<void>
}
