import { loadParser, parseStatement, type Statement } from '../guard/parse-statement.ts'
import { fieldsOf, listOf, nameOf, nodeOf, textOf, type Fields } from '../guard/tree-value.ts'
import { walkTree } from '../guard/walk-tree.ts'
import { OpsError } from '../ops-error.ts'
import { writeExpression } from './write-expression.ts'

/** How a query uses an expression: what kind of index could serve it. */
export type KeyRole = 'equal' | 'range' | 'prefix' | 'contain' | 'match'

/** A column, or an expression over columns, that decides which rows a query wants. */
export interface KeyUse {
  readonly role: KeyRole
  /** As SQL, without the table. */
  readonly key: string
  /** The name or alias of the table; absent where the query does not say. */
  readonly alias?: string
  /** The columns it is made of. */
  readonly columns: readonly string[]
}

/** One item of an `order by` or `group by`. */
export interface SortUse extends Omit<KeyUse, 'role'> {
  readonly direction: string
}

/** What a query asks for, as far as indexes matter. */
export interface QueryShape {
  readonly tables: readonly { readonly path: readonly string[]; readonly alias: string }[]
  readonly uses: readonly KeyUse[]
  readonly sorts: readonly (readonly SortUse[])[]
  /** How many parameters it has. */
  readonly parameters: number
}

const KINDS: ReadonlySet<string> = new Set(['SelectStmt', 'UpdateStmt', 'DeleteStmt'])

/**
 * Reads which tables and keys a query uses, wherever in it.
 *
 * @throws OpsError `refused` when it is not one statement that selects, updates or deletes
 */
export const readQuery = async (sql: string): Promise<QueryShape> => {
  const parsed = parseStatement(await loadParser(), sql)
  if (!('statement' in parsed)) throw new OpsError('refused', parsed.refusal)
  const { kind, root } = parsed.statement
  if (!KINDS.has(kind)) throw new OpsError('refused', 'sql: expected a select, update or delete')
  return shapeOf(root)
}

const shapeOf = (root: Statement['root']): QueryShape => {
  const nodes = [...walkTree(root)]
  const of = (kind: string): Fields[] =>
    nodes.filter((node) => node.kind === kind).map(({ fields }) => fields)
  return {
    tables: of('RangeVar').map(toTable),
    uses: [
      ...of('A_Expr').flatMap(usesOfComparison),
      ...of('NullTest').flatMap((fields) => toUse('equal', fields['arg'])),
      ...of('SubLink').flatMap((fields) => toUse('equal', fields['testexpr'])),
      ...of('JoinExpr').flatMap(usesOfJoin),
    ],
    sorts: of('SelectStmt').flatMap(sortsOf),
    parameters: Math.max(0, ...of('ParamRef').map((fields) => Number(fields['number'] ?? 0))),
  }
}

const toTable = (fields: Fields) => {
  const [schema, name] = [textOf(fields['schemaname']), textOf(fields['relname'])]
  const alias = textOf(fieldsOf(fields['alias'])['aliasname'])
  return { path: schema === '' ? [name] : [schema, name], alias: alias === '' ? name : alias }
}

const toUse = (role: KeyRole, node: unknown): KeyUse[] =>
  toKey(node).map((key) => ({ ...key, role }))

/** An expression as a key, if it can be one: over columns of one table. */
const toKey = (node: unknown): Omit<KeyUse, 'role'>[] => {
  const key = writeExpression(node)
  const paths = [...walkTree(node)]
    .filter(({ kind }) => kind === 'ColumnRef')
    .map(({ fields }) => nameOf(fields['fields']))
  const aliases = new Set(paths.map((path) => path.at(-2)))
  if (key === undefined || paths.length === 0 || aliases.size > 1) return []
  const [alias] = aliases
  const columns = paths.map((path) => path.at(-1) ?? '')
  return [{ key, columns, ...(alias !== undefined && { alias }) }]
}

const ROLES: readonly (readonly [RegExp, KeyRole])[] = [
  [/^=$/, 'equal'],
  [/^[<>]=?$/, 'range'],
  [/^(@>|<@|&&|\?[|&]?|@@|@\?)$/, 'contain'],
]

const usesOfComparison = (fields: Fields): KeyUse[] => {
  const role = roleOf(fields)
  if (role === undefined) return []
  return [fields['lexpr'], fields['rexpr']].flatMap((side) => toUse(role, side))
}

const roleOf = (fields: Fields): KeyRole | undefined => {
  const kind = textOf(fields['kind'])
  if (kind === 'AEXPR_IN') return 'equal'
  if (kind.startsWith('AEXPR_BETWEEN')) return 'range'
  if (kind === 'AEXPR_ILIKE') return 'match'
  if (kind === 'AEXPR_LIKE') return isPrefix(fields['rexpr']) ? 'prefix' : 'match'
  const operator = nameOf(fields['name']).at(-1) ?? ''
  return ROLES.find(([pattern]) => pattern.test(operator))?.[1]
}

const isPrefix = (pattern: unknown): boolean => {
  const { fields } = nodeOf(pattern)
  return !/^[%_]/.test(textOf(fieldsOf(fields['sval'])['sval']))
}

const usesOfJoin = (fields: Fields): KeyUse[] =>
  nameOf(fields['usingClause']).flatMap((column) =>
    toUse('equal', { ColumnRef: { fields: [{ String: { sval: column } }] } }),
  )

const sortsOf = (fields: Fields): SortUse[][] => {
  const sorts = [
    listOf(fields['sortClause']).map(toSort),
    listOf(fields['groupClause']).map((node) => sortBy(node, '')),
  ]
  return sorts.flatMap((items) => {
    const known = items.flat()
    return known.length > 0 && known.length === items.length ? [known] : []
  })
}

const toSort = (node: unknown): SortUse[] => {
  const { fields } = nodeOf(node)
  const down = fields['sortby_dir'] === 'SORTBY_DESC' ? ' desc' : ''
  const nulls = NULLS[textOf(fields['sortby_nulls'])] ?? ''
  return sortBy(fields['node'], `${down}${nulls}`)
}

const NULLS: Readonly<Record<string, string>> = {
  SORTBY_NULLS_FIRST: ' nulls first',
  SORTBY_NULLS_LAST: ' nulls last',
}

const sortBy = (node: unknown, direction: string): SortUse[] =>
  toKey(node).map((key) => ({ ...key, direction }))
