import { loadParser, parseStatement } from '../guard/parse-statement.ts'
import { fieldsOf, textOf } from '../guard/tree-value.ts'
import { quoteName, type Catalogue } from '../health/catalogue.ts'
import { OpsError } from '../ops-error.ts'
import { readTables } from './read-tables.ts'
import type { IndexPlan } from './try-index.ts'

/**
 * The index that a caller wants to have tried.
 *
 * @throws OpsError `refused` unless it is one `create index` of a new name on an ordinary table that is
 * neither unique nor conditional on its own existence
 */
export const readIndex = async (
  catalogue: Catalogue,
  statement: string,
): Promise<Omit<IndexPlan, 'query'>> => {
  const { name, path, isConcurrent } = await parseIndex(statement)
  const [table] = await readTables(catalogue, { tables: [{ path, alias: name }] })
  if (!table || table.isPartitioned) throw refusal('an ordinary table that is there')
  if (table.indexNames.includes(name)) throw refusal('a name that is not taken')
  return {
    schema: table.schema,
    name,
    table: quoteName(table.schema, table.name),
    statement: isConcurrent ? statement : makeConcurrent(statement),
  }
}

const parseIndex = async (statement: string) => {
  const parsed = parseStatement(await loadParser(), statement)
  if (!('statement' in parsed)) throw new OpsError('refused', `index: ${parsed.refusal}`)
  const { kind, fields } = parsed.statement
  const name = textOf(fields['idxname'])
  const doesMore = fields['unique'] === true || fields['if_not_exists'] === true
  if (kind !== 'IndexStmt' || doesMore || name === '') {
    throw refusal('create index name on table (columns), not unique')
  }
  const relation = fieldsOf(fields['relation'])
  const path = [textOf(relation['schemaname']), textOf(relation['relname'])].filter(Boolean)
  return { name, path, isConcurrent: fields['concurrent'] === true }
}

const makeConcurrent = (statement: string): string => {
  const made = statement.replace(/^\s*create\s+index\b/i, '$& concurrently')
  if (made === statement) throw refusal('a statement that begins with create index')
  return made
}

const refusal = (right: string): OpsError => new OpsError('refused', `index: expected ${right}`)
