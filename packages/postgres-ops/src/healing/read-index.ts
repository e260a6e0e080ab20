import { loadParser, parseStatement } from '../guard/parse-statement.ts'
import { fieldsOf, textOf } from '../guard/tree-value.ts'
import type { Catalogue } from '../health/catalogue.ts'
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
  const parsed = parseStatement(await loadParser(), statement)
  if (!('statement' in parsed)) throw new OpsError('refused', parsed.refusal)
  const { kind, fields } = parsed.statement
  const name = textOf(fields['idxname'])
  const isPlain =
    kind === 'IndexStmt' && !fields['unique'] && !fields['if_not_exists'] && name !== ''
  if (!isPlain)
    throw new OpsError(
      'refused',
      'index: expected create index name on table (columns), not unique',
    )
  const relation = fieldsOf(fields['relation'])
  const path = [textOf(relation['schemaname']), textOf(relation['relname'])].filter(Boolean)
  const [table] = await readTables(catalogue, { tables: [{ path, alias: name }] })
  if (!table) throw new OpsError('refused', 'index: expected an ordinary table that is there')
  if (table.indexNames.includes(name)) throw new OpsError('refused', 'index: its name is taken')
  const concurrent = fields['concurrent']
    ? statement
    : statement.replace(/^\s*create\s+index\b/i, '$& concurrently')
  if (!fields['concurrent'] && concurrent === statement) {
    throw new OpsError('refused', 'index: expected the statement to begin with create index')
  }
  return { schema: table.schema, name, table: path.join('.'), statement: concurrent }
}
