import type { Database } from '@athena-memory/db-core'
import { and, inArray, type SQL, sql } from 'drizzle-orm'
import type { PortableColumn, PortableTable } from './portable-table.ts'
import { ROWS_AT_A_TIME, type TableRow } from './table-rows.ts'

interface Reference {
  readonly id: unknown
  readonly target: unknown
}

/** References of rows to rows of their own table, set when all of these rows are there. */
export interface References {
  /** The rows without such references, which are remembered: two ids for each. */
  cut(table: PortableTable, rows: readonly TableRow[]): readonly TableRow[]
  /** Sets what was cut. */
  tie(tx: Database): Promise<void>
}

/** Remembers the references of one transfer. */
export const createReferences = (): References => {
  const remembered = new Map<PortableColumn, { table: PortableTable; references: Reference[] }>()

  const remember = (table: PortableTable, column: PortableColumn, reference: Reference): void => {
    const known = remembered.get(column)
    if (known) known.references.push(reference)
    else remembered.set(column, { table, references: [reference] })
  }

  const cutRow = (table: PortableTable, row: TableRow): TableRow => {
    const cut = table.selfReferences.filter(({ name }) => (row[name] ?? null) !== null)
    for (const column of cut) remember(table, column, { id: row['id'], target: row[column.name] })
    return { ...row, ...Object.fromEntries(cut.map(({ name }) => [name, null])) }
  }

  return {
    cut: (table, rows) =>
      table.selfReferences.length > 0 ? rows.map((row) => cutRow(table, row)) : rows,
    async tie(tx) {
      for (const [column, { table, references }] of remembered) {
        for (let start = 0; start < references.length; start += ROWS_AT_A_TIME) {
          const some = references.slice(start, start + ROWS_AT_A_TIME)
          await setReferences(tx, table, { column, references: some })
        }
      }
    },
  }
}

const setReferences = async (
  { query }: Database,
  { table, key, ofTenant }: PortableTable,
  { column, references }: { column: PortableColumn; references: readonly Reference[] },
): Promise<void> => {
  const ids = references.map(({ id }) => id)
  await query
    .update(table)
    .set({ [column.property]: targetOf(key, references) })
    .where(and(ofTenant, inArray(key, ids)))
}

const targetOf = (key: PortableTable['key'], references: readonly Reference[]): SQL => {
  const branches = references.map(({ id, target }) => sql`when ${id} then ${target}`)
  return sql`case ${key} ${sql.join(branches, sql` `)} end`
}
