import type { RawRow, TestDatabase } from './test-database.ts'

const TABLES = {
  postgres: "select table_name from information_schema.tables where table_schema = 'public'",
  sqlite: "select name from sqlite_master where type = 'table' and sql not like '%fts5vocab%'",
}

/**
 * The tables in which a value matches, search structures and logs included; text is looked for in JSON
 * and in bytes too.
 */
export const tablesWith = async (db: TestDatabase, pattern: RegExp): Promise<string[]> => {
  const found: string[] = []
  for (const [name] of await db.executeAsOwner(TABLES[db.dialect])) {
    const table = String(name)
    const rows = await db.executeAsOwner(`select ${await columnsOf(db, table)} from "${table}"`)
    if (pattern.test(rowsText(rows))) found.push(table)
  }
  return found
}

/** Row numbers of full text indexes are larger than the numbers that libSQL's driver reads. */
const columnsOf = async (db: TestDatabase, table: string): Promise<string> => {
  if (db.dialect === 'postgres') return '*'
  const columns = await db.executeAsOwner(`select name from pragma_table_info('${table}')`)
  return columns
    .map(([name]) => `"${String(name)}"`)
    .map((name) => `iif(typeof(${name}) = 'integer', cast(${name} as text), ${name})`)
    .join(', ')
}

const rowsText = (rows: readonly RawRow[]): string => rows.flat().map(toText).join('\n')

/** Drivers give JSON as text or as what it stands for, and bytes in two ways. */
const toText = (value: unknown): string => {
  if (value instanceof ArrayBuffer || value instanceof Uint8Array) {
    return Buffer.from(new Uint8Array(value)).toString('latin1')
  }
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}
