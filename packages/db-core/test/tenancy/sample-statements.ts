import type { Table } from './catalogue.ts'

/** A value of each type, as text. */
const samples: Record<string, string> = {
  text: 'same',
  integer: '1',
  bigint: '1',
  'double precision': '0.5',
  boolean: 'true',
  'timestamp(3) with time zone': '2026-01-01T00:00:00Z',
  jsonb: '{}',
  bytea: '\\x01',
  xid8: '1',
  vector: '[1,2,3]',
}

/** Text of a value of this type. A type that is not known here has to be added here. */
export const sampleOf = (type: string): string => {
  const sample = samples[type]
  if (sample === undefined) throw new Error(`sample-statements.ts must know the type ${type}`)
  return sample
}

const literal = (text: string, type: string) => `'${text.replaceAll("'", "''")}'::${type}`

/**
 * Inserts the one row that every tenant has in these tests: all keys are the same, and references
 * point at the same row of the parent. `changes` replaces columns; `null` leaves them empty.
 */
export const insertInto = (table: Table, changes: Record<string, string | null> = {}): string => {
  const leftEmpty = emptyColumns(table)
  const filled = table.columns.filter(
    ({ name, isGenerated }) =>
      (!isGenerated && name !== 'tenant_id' && !leftEmpty.includes(name)) || name in changes,
  )
  const values = filled.map(({ name, type }) => {
    const text = name in changes ? changes[name] : sampleOf(type)
    return text === null || text === undefined ? 'null' : literal(text, type)
  })
  const names = filled.map(({ name }) => `"${name}"`)
  return `insert into "${table.name}" (${names.join(', ')}) values (${values.join(', ')})`
}

/** References to the table itself, and what its partial keys want to be null. */
const emptyColumns = ({ name, foreignKeys, uniqueKeys }: Table): string[] => [
  ...foreignKeys.filter(({ parent }) => parent === name).flatMap(({ columns }) => columns),
  ...uniqueKeys.flatMap(({ predicate = '' }) =>
    Array.from(predicate.matchAll(/\((\w+) IS NULL\)/g), ([, column = '']) => column),
  ),
]

/** Turns each of the table's unique keys into the end of an upsert that overwrites a column. */
export const upsertClauses = (table: Table): string[] =>
  table.uniqueKeys.map(({ columns, predicate }) => {
    const target = `(${columns.join(', ')})${predicate ? ` where ${predicate}` : ''}`
    const { name, type } = changeableColumn(table)
    return ` on conflict ${target} do update set "${name}" = ${literal(sampleOf(type), type)}`
  })

/** A column that is part of no key. */
export const changeableColumn = (table: Table) => {
  const keys = new Set(
    [...table.uniqueKeys, ...table.foreignKeys].flatMap(({ columns }) => columns),
  )
  const found = table.columns.find(
    ({ name, isGenerated }) => !isGenerated && name !== 'tenant_id' && !keys.has(name),
  )
  if (!found) throw new Error(`${table.name} has no column to change`)
  return found
}
