import { quoteName, type Catalogue } from '../health/catalogue.ts'
import type { ExpectedColumn, ExpectedTable } from '../health/expected-schema.ts'
import { causeOf, nameOfDrift, type Drift } from '../health/find-drift.ts'

/** What puts something back that the migrations made. */
export interface Repair {
  readonly drift: Drift
  readonly subject: string
  readonly cause: string
  /** Each in a transaction of its own, in this order. */
  readonly statements: readonly string[]
  /** Why nothing can be done without a person, who may run the statements if there are any. */
  readonly blocked?: string
}

/** How to put back what is missing, from the definitions of the migrations themselves. */
export const toRepair = async (catalogue: Catalogue, drift: Drift): Promise<Repair> => {
  const plan = { drift, subject: nameOfDrift(drift), cause: causeOf(drift) }
  if (drift.kind === 'policy' || drift.kind === 'row-security') {
    return {
      ...plan,
      statements: write(drift),
      blocked: 'who sees which rows is for a person to say',
    }
  }
  const blocked = await whyBlocked(catalogue, drift)
  return blocked === undefined
    ? { ...plan, statements: write(drift) }
    : { ...plan, statements: [], blocked }
}

const whyBlocked = async (catalogue: Catalogue, drift: Drift): Promise<string | undefined> => {
  if (drift.kind === 'table') {
    return 'a table comes with policies, triggers and rights: apply the migrations'
  }
  if (drift.kind !== 'column' || hasKnownValue(drift.column)) return undefined
  return (await holdsRows(catalogue, nameOf(drift.table)))
    ? 'the table holds rows, and nothing says what the column held in them'
    : undefined
}

/** Whether rows get what the migrations would have given them: nothing, a constant, or what follows from them. */
const hasKnownValue = ({
  isRequired,
  expression,
  isGenerated,
  identity,
}: ExpectedColumn): boolean => {
  if (isGenerated) return true
  return expression === undefined ? !isRequired && !identity : isConstant(expression)
}

// As PostgreSQL writes constants: 'text'::type, 1, (0)::real, true.
const isConstant = (expression: string): boolean =>
  /^\(?('(?:[^']|'')*'|-?\d[\d.]*|true|false|null)\)?(::[\w\s".,()[\]]+)?$/i.test(expression)

/** Whether there are rows, also ones that row security hides from us. */
const holdsRows = async (catalogue: Catalogue, table: string): Promise<boolean> => {
  const [row] = await catalogue.query(
    `select '1' from (select 1 from ${table} limit 1) seen
     union all select '1' where row_security_active($1) and pg_relation_size($1) > 0`,
    [table],
  )
  return row !== undefined
}

const nameOf = ({ schema, name }: ExpectedTable): string => quoteName(schema, name)

const write = (drift: Drift): string[] => {
  const table = nameOf(drift.table)
  if (drift.kind === 'table') return []
  if (drift.kind === 'column')
    return [`alter table ${table} add column ${writeColumn(drift.column)}`]
  if (drift.kind === 'row-security') return writeRowSecurity(drift.table)
  const { name, definition } = drift.object
  if (drift.kind === 'policy') return [`create policy ${quoteName(name)} on ${table} ${definition}`]
  if (drift.kind === 'index') return writeIndexes(quoteName(drift.table.schema, name), definition)
  const add = `alter table ${table} add constraint ${quoteName(name)} ${definition}`
  // Rows are checked afterwards, under a lock that lets others read and write.
  return /^(FOREIGN KEY|CHECK)\b/.test(definition) && !/NOT (VALID|ENFORCED)$/.test(definition)
    ? [`${add} not valid`, `alter table ${table} validate constraint ${quoteName(name)}`]
    : [add]
}

const writeRowSecurity = (table: ExpectedTable): string[] => [
  `alter table ${nameOf(table)} enable row level security`,
  ...(table.rowSecurity === 'forced'
    ? [`alter table ${nameOf(table)} force row level security`]
    : []),
]

// One that was not built to its end has the name already.
const writeIndexes = (name: string, definition: string): string[] => [
  `drop index concurrently if exists ${name}`,
  definition.replace(/^CREATE (UNIQUE )?INDEX /, '$&CONCURRENTLY '),
]

const writeColumn = ({ name, type, isRequired, ...column }: ExpectedColumn): string =>
  [`${quoteName(name)} ${type}`, valueOf(column), isRequired ? 'not null' : '']
    .filter(Boolean)
    .join(' ')

const valueOf = ({
  expression,
  isGenerated,
  identity,
}: Pick<ExpectedColumn, 'expression' | 'isGenerated' | 'identity'>): string => {
  if (identity) return `generated ${identity} as identity`
  if (expression === undefined) return ''
  return isGenerated ? `generated always as (${expression}) stored` : `default ${expression}`
}
