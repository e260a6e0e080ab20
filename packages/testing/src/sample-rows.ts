import { type Database, newId, type Queries } from '@athena-memory/db-core'
import { getTableColumns, getTableName, is } from 'drizzle-orm'
import { getTableConfig as postgresConfig, PgTable } from 'drizzle-orm/pg-core'
import { getTableConfig as sqliteConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'

const now = new Date('2026-01-02T03:04:05.678Z')

/** A project with every obligatory column. */
export const sampleProject = (name = `project ${newId()}`) => ({
  id: newId(),
  name,
  settings: {},
  createdAt: now,
  updatedAt: now,
})

/** A memory of a project, with every obligatory column. */
export const sampleMemory = (projectId: string, content = `memory ${newId()}`) => ({
  id: newId(),
  projectId,
  content,
  contentHash: content,
  memoryType: 'fact',
  domain: 'memory',
  tags: ['a', 'b'],
  confidence: 0.1,
  usefulness: 0.5,
  accessCount: 0,
  consolidationState: 'unconsolidated',
  version: 1,
  trust: 'user',
  createdAt: now,
  updatedAt: now,
})

/** A document of a project, with every obligatory column. */
export const sampleDocument = (projectId: string, content = 'some words') => ({
  id: newId(),
  projectId,
  layer: 'semantic',
  sourceId: newId(),
  kind: 'fact',
  content,
  tags: [],
  stems: content,
  pieces: '[]',
  length: 2,
  createdAt: now,
  updatedAt: now,
})

/** A space for vectors of `dimensions` numbers. */
export const sampleSpace = (dimensions: number) => ({
  id: newId(),
  model: 'test',
  revision: '1',
  dimensions,
  documentPrefix: '',
  queryPrefix: '',
  normalisation: 'l2',
  kind: 'semantic',
  createdAt: now,
})

type AnyTable = Parameters<Queries['insert']>[0]
type AnyColumn = ReturnType<typeof getTableColumns<AnyTable>>[string]

/**
 * Writes one row with a value in every column into each table whose rows belong to projects, but
 * for those named in `except`; a row refers to the one row of the table it points at, which may be
 * itself. Answers the SQL names of the tables that got one.
 */
export const insertSampleRows = async (
  { query, tables }: Pick<Database, 'query' | 'tables'>,
  projectId: string,
  except: readonly string[] = [],
): Promise<string[]> => {
  const ids = new Map<string, string>([[getTableName(tables.projects), projectId]])
  const owned = Object.values(tables).filter(
    (table) => 'projectId' in table && !except.includes(getTableName(table)),
  )
  for (const table of owned) {
    const id = newId()
    ids.set(getTableName(table), id)
    await query.insert(table).values({ ...sampleRow(table, ids), id })
  }
  return owned.map((table) => getTableName(table))
}

/** All but the id; references point at `ids`, which are those of the rows by table. */
const sampleRow = (table: AnyTable, ids: ReadonlyMap<string, string>) => {
  const parents = parentsOf(table)
  const values = Object.entries(getTableColumns(table)).flatMap(([property, column]) => {
    if (['tenant_id', 'row_number', 'id'].includes(column.name)) return []
    const parent = parents.get(column.name)
    return [[property, parent === undefined ? sampleValue(column) : ids.get(parent)]]
  })
  return Object.fromEntries(values)
}

/** The tables that columns refer to, by the SQL names of both. */
const parentsOf = (table: unknown): Map<string, string> => {
  const parents = new Map<string, string>()
  for (const reference of foreignKeysOf(table)) {
    const [, column] = reference.columns
    if (column) parents.set(column.name, getTableName(reference.foreignTable))
  }
  return parents
}

const foreignKeysOf = (table: unknown) => {
  if (is(table, PgTable)) return postgresConfig(table).foreignKeys.map((key) => key.reference())
  if (is(table, SQLiteTable)) return sqliteConfig(table).foreignKeys.map((key) => key.reference())
  throw new TypeError('a table is of PostgreSQL or of SQLite')
}

/** A value of the column's type, no two texts alike. */
const sampleValue = (column: AnyColumn): unknown => {
  if (column.dataType === 'string') return `${column.name} ${newId()}`
  if (column.dataType === 'boolean') return true
  if (column.dataType === 'number') return column.getSQLType() === 'integer' ? 7 : 1 / 3
  return /^(timestamp|integer)/.test(column.getSQLType()) ? now : { sample: [1, 'two', null] }
}
