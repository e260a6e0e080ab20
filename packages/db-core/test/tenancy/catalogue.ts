import type { TestDatabase } from '@athena-memory/testing'

/** A column as PostgreSQL's catalogue describes it. */
export interface Column {
  readonly name: string
  readonly type: string
  /** Whether the database fills it by itself. */
  readonly isGenerated: boolean
}

/** A foreign key: the columns of a table and those they point at, in order. */
export interface ForeignKey {
  readonly columns: readonly string[]
  readonly parent: string
  readonly parentColumns: readonly string[]
}

/** A primary key, unique constraint or unique index. */
export interface UniqueKey {
  readonly columns: readonly string[]
  /** What a row must fulfil to fall under it; absent when all do. */
  readonly predicate?: string
}

export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  readonly foreignKeys: readonly ForeignKey[]
  readonly uniqueKeys: readonly UniqueKey[]
}

type Run = TestDatabase['execute']

/** The only table without a tenant: it tells of the database itself. */
export const HISTORY = 'athena_migrations'

/** Names of all tables of the schema, sorted. */
export const tableNames = async (run: Run): Promise<string[]> => {
  const rows = await run(`
    select relname from pg_class
    where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') order by relname`)
  return rows.map(([name]) => String(name))
}

/** All tables that hold rows of tenants, parents before children. */
export const tenantTables = async (run: Run): Promise<Table[]> => {
  const names = (await tableNames(run)).filter((name) => name !== HISTORY)
  const tables: Table[] = []
  for (const name of names) {
    tables.push({
      name,
      columns: await columnsOf(run, name),
      foreignKeys: await foreignKeysOf(run, name),
      uniqueKeys: await uniqueKeysOf(run, name),
    })
  }
  return parentsFirst(tables)
}

const columnsOf = async (run: Run, table: string): Promise<Column[]> => {
  const rows = await run(
    `select attname, format_type(atttypid, atttypmod), attidentity <> '' or attgenerated <> ''
     from pg_attribute where attrelid = $1::text::regclass and attnum > 0 and not attisdropped
     order by attnum`,
    [table],
  )
  return rows.map(([name, type, isGenerated]) => ({
    name: String(name),
    type: String(type),
    isGenerated: isGenerated === true || isGenerated === 't',
  }))
}

/** Names of the columns with these numbers, joined by commas in their order. */
const namesOf = (table: string, numbers: string) => `
  (select string_agg(a.attname, ',' order by n.place)
   from unnest(${numbers}) with ordinality as n(number, place)
   join pg_attribute a on a.attrelid = ${table} and a.attnum = n.number)`

const foreignKeysOf = async (run: Run, table: string): Promise<ForeignKey[]> => {
  const rows = await run(
    `select ${namesOf('conrelid', 'conkey')}, confrelid::regclass::text, ${namesOf('confrelid', 'confkey')}
     from pg_constraint where conrelid = $1::text::regclass and contype = 'f' order by conname`,
    [table],
  )
  return rows.map(([columns, parent, parentColumns]) => ({
    columns: String(columns).split(','),
    parent: String(parent),
    parentColumns: String(parentColumns).split(','),
  }))
}

const uniqueKeysOf = async (run: Run, table: string): Promise<UniqueKey[]> => {
  const rows = await run(
    `select ${namesOf('indrelid', 'indkey::int2[]')}, pg_get_expr(indpred, indrelid)
     from pg_index where indrelid = $1::text::regclass and indisunique order by indexrelid`,
    [table],
  )
  return rows.map(([columns, predicate]) => ({
    columns: String(columns).split(','),
    ...(typeof predicate === 'string' ? { predicate } : {}),
  }))
}

const parentsFirst = (tables: readonly Table[]): Table[] => {
  const sorted: Table[] = []
  const visit = (table: Table) => {
    if (sorted.includes(table)) return
    const parents = new Set(table.foreignKeys.map(({ parent }) => parent))
    for (const other of tables) {
      if (other !== table && parents.has(other.name)) visit(other)
    }
    sorted.push(table)
  }
  for (const table of tables) visit(table)
  return sorted
}
