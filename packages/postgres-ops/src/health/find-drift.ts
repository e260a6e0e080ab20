import { z } from 'zod'
import { quoteName, readJson, type Catalogue } from './catalogue.ts'
import type {
  ExpectedColumn,
  ExpectedMigrations,
  ExpectedObject,
  ExpectedSchema,
  ExpectedTable,
} from './expected-schema.ts'
import { readSchema } from './read-schema.ts'

/** Something that the migrations made and that is not there. */
export type Drift = { readonly table: ExpectedTable } & (
  | { readonly kind: 'table' }
  | { readonly kind: 'column'; readonly column: ExpectedColumn }
  | { readonly kind: 'index' | 'constraint' | 'policy'; readonly object: ExpectedObject }
  | { readonly kind: 'row-security' }
)

/** What is expected of this very database: nothing where it is not known to be such a one. */
export const expectedHere = async (
  catalogue: Catalogue,
  expected: ExpectedSchema | undefined,
): Promise<ExpectedSchema | undefined> => {
  if (expected?.knownBy === undefined) return expected
  const name = quoteName(...expected.knownBy.split('.'))
  const [found] = await catalogue.query('select to_regclass($1)::text', [name])
  return found === null ? undefined : expected
}

/**
 * What is missing, in the order in which it can be put back: tables, columns, constraints, indexes, policies.
 * What is there beyond it is nobody's business; names are compared, not definitions.
 */
export const findDrift = async (
  catalogue: Catalogue,
  { tables }: ExpectedSchema,
): Promise<Drift[]> => {
  const actual = await readSchema(catalogue, [...new Set(tables.map(({ schema }) => schema))])
  const byName = new Map(actual.map((table) => [`${table.schema}.${table.name}`, table]))
  const drifts = tables.flatMap((table) =>
    driftOf(table, byName.get(`${table.schema}.${table.name}`)),
  )
  return ORDER.flatMap((kind) => drifts.filter((drift) => drift.kind === kind))
}

const ORDER: readonly Drift['kind'][] = [
  'table',
  'column',
  'constraint',
  'index',
  'policy',
  'row-security',
]

const driftOf = (table: ExpectedTable, actual: ExpectedTable | undefined): Drift[] => {
  if (!actual) return [{ kind: 'table', table }]
  return [
    ...missing(table.columns, actual.columns).map(
      (column) => ({ kind: 'column', table, column }) as const,
    ),
    ...missing(table.constraints, actual.constraints).map(
      (object) => ({ kind: 'constraint', table, object }) as const,
    ),
    ...missing(table.indexes, actual.indexes).map(
      (object) => ({ kind: 'index', table, object }) as const,
    ),
    ...missing(table.policies, actual.policies).map(
      (object) => ({ kind: 'policy', table, object }) as const,
    ),
    ...(isAsSecure(table, actual) ? [] : [{ kind: 'row-security', table } as const]),
  ]
}

const SECURITY: readonly ExpectedTable['rowSecurity'][] = ['none', 'enabled', 'forced']

const isAsSecure = (expected: ExpectedTable, actual: ExpectedTable): boolean =>
  SECURITY.indexOf(actual.rowSecurity) >= SECURITY.indexOf(expected.rowSecurity)

const missing = <Item extends { readonly name: string }>(
  expected: readonly Item[],
  actual: readonly Item[],
): Item[] => {
  const names = new Set(actual.map(({ name }) => name))
  return expected.filter(({ name }) => !names.has(name))
}

/** What is missing, as a person calls it. */
export const nameOfDrift = (drift: Drift): string => {
  const table = quoteName(drift.table.schema, drift.table.name)
  if (drift.kind === 'table' || drift.kind === 'row-security') return table
  return drift.kind === 'column'
    ? `${table}.${quoteName(drift.column.name)}`
    : `${quoteName(drift.object.name)} on ${table}`
}

/** What is wrong with it. */
export const causeOf = ({ kind, table }: Drift): string =>
  kind === 'row-security'
    ? `by the migrations row security is ${table.rowSecurity}, and it is not`
    : `the migrations make this ${kind}, and it is not there`

/** How many of the expected migrations the database has not seen. */
export const countPending = async (
  catalogue: Catalogue,
  { table, column, applied }: ExpectedMigrations,
): Promise<number> => {
  const name = quoteName(...table.split('.'))
  const [found] = await catalogue.query('select to_regclass($1)::text', [name])
  if (found === null) return applied.length
  const sql = `select to_json(${quoteName(column)}::text)::text from ${name}`
  const seen = new Set(await readJson(catalogue, { sql, row: z.string().nullable() }))
  return applied.filter((migration) => !seen.has(migration)).length
}
