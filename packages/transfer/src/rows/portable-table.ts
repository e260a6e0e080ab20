import type { Database, Queries } from '@athena-memory/db-core'
import { eq, getTableColumns, getTableName, type SQL } from 'drizzle-orm'

type AnyTable = Parameters<Queries['insert']>[0]
type AnyColumn = ReturnType<typeof getTableColumns<AnyTable>>[string]

/** A column that moves with its row. */
export interface PortableColumn {
  /** Its SQL name. */
  readonly name: string
  /** What query builders call it. */
  readonly property: string
  readonly column: AnyColumn
}

/** What moving the rows of a table needs to know about it, whatever its layer. */
export interface PortableTable {
  /** Its SQL name. */
  readonly name: string
  readonly table: AnyTable
  /** All but the tenant, which is the target's, and what a database numbers or computes itself. */
  readonly columns: readonly PortableColumn[]
  /** Unique among the rows of a tenant; rows are read in its order. */
  readonly key: AnyColumn
  /** Columns that name the `id` of another row of the same table. */
  readonly selfReferences: readonly PortableColumn[]
  /** Holds for the rows of the connection's tenant, also where row level security is bypassed. */
  readonly ofTenant: SQL
}

/** Columns of tables that refer to their own table, by SQL name. */
const selfReferences: Readonly<Record<string, readonly string[]>> = {
  memories: ['superseded_by'],
  observations: ['superseded_by'],
  communities: ['parent_id'],
  working_goals: ['parent_id'],
}

/** The tables of a database, parents before children. */
export const portableTables = ({ tables }: Pick<Database, 'tables'>): PortableTable[] =>
  Object.values(tables).map(describeTable)

const describeTable = (table: AnyTable): PortableTable => {
  const name = getTableName(table)
  const all = Object.entries(getTableColumns(table)).map(([property, column]) => ({
    name: column.name,
    property,
    column,
  }))
  const tenant = demand(name, all, ({ column }) => column.name === 'tenant_id').column
  const key = demand(name, all, ({ column }) => isNumbered(column) || column.name === 'id').column
  const columns = all.filter(
    ({ column }) => column !== tenant && !isNumbered(column) && column.generated === undefined,
  )
  return {
    name,
    table,
    columns,
    key,
    selfReferences: columns.filter((column) => selfReferences[name]?.includes(column.name)),
    // The default is what a new row of this connection would get.
    ofTenant: eq(tenant, tenant.default),
  }
}

/** Whether the database gives the value; the dialects say so in their own ways. */
const isNumbered = (column: AnyColumn): boolean =>
  column.generatedIdentity !== undefined || Reflect.get(column, 'autoIncrement') === true

const demand = (
  table: string,
  columns: readonly PortableColumn[],
  isWanted: (column: PortableColumn) => boolean,
): PortableColumn => {
  const found = columns.find(isWanted)
  if (!found) throw new TypeError(`the table ${table} needs a tenant_id, and an id or a row number`)
  return found
}
