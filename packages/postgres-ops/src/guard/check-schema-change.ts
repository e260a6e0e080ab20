import { checkRelation, type RelationRules } from './check-relations.ts'
import { INDEX_METHODS } from './known-names.ts'
import type { Statement } from './parse-statement.ts'
import { firstRefusal, type Refusal } from './refusal.ts'
import { fieldsOf, listOf, nameOf, nodeOf, textOf, type Fields } from './tree-value.ts'

type Check = (rules: RelationRules, fields: Fields) => Refusal

const REFUSED =
  'only adding columns, indexes, constraints and comments, and dropping indexes, is allowed'

/** A change of the schema that loses nothing: additions, comments, and indexes that go. */
export const checkSchemaChange = (rules: RelationRules, { kind, fields }: Statement): Refusal => {
  const check = STATEMENTS[kind]
  return check ? check(rules, fields) : REFUSED
}

const alterTable: Check = (rules, fields) => {
  if (fields['objtype'] !== 'OBJECT_TABLE') return REFUSED
  return (
    checkRelation(rules, fieldsOf(fields['relation']), 'ALTER') ??
    firstRefusal(
      rules,
      listOf(fields['cmds']).map((command) => () => alterCommand(rules, nodeOf(command).fields)),
    )
  )
}

const alterCommand: Check = (rules, command) => {
  if (command['behavior'] === 'DROP_CASCADE') return 'CASCADE is not allowed'
  const { kind, fields } = nodeOf(command['def'])
  if (command['subtype'] === 'AT_AddColumn' && kind === 'ColumnDef') return addColumn(fields)
  if (command['subtype'] === 'AT_AddConstraint' && kind === 'Constraint')
    return addConstraint(rules, fields)
  return command['subtype'] === 'AT_ValidateConstraint' ? undefined : REFUSED
}

const addColumn = (column: Fields): Refusal => {
  const constraints = listOf(column['constraints']).map((one) => nodeOf(one).fields)
  const fallback = constraints.find(({ contype }) => contype === 'CONSTR_DEFAULT')
  const isRequired = constraints.some(({ contype }) => contype === 'CONSTR_NOTNULL')
  const other = constraints.find(({ contype }) => !COLUMN_CONSTRAINTS.has(textOf(contype)))
  if (other) return 'a new column takes NULL, NOT NULL, DEFAULT and CHECK only'
  if (column['fdwoptions'] !== undefined || column['storage_name'] !== undefined) return REFUSED
  if (fallback && !isConstant(fallback['raw_expr']))
    return 'the default of a new column must be a constant'
  return isRequired && !fallback ? 'NOT NULL needs a constant default: rows may exist' : undefined
}

const COLUMN_CONSTRAINTS = new Set([
  'CONSTR_NULL',
  'CONSTR_NOTNULL',
  'CONSTR_DEFAULT',
  'CONSTR_CHECK',
])

/** Constants, and times of the transaction: PostgreSQL then rewrites no row. */
const isConstant = (value: unknown): boolean => {
  const { kind, fields } = nodeOf(value)
  if (kind === 'TypeCast') return isConstant(fields['arg'])
  if (kind === 'A_ArrayExpr') return listOf(fields['elements']).every(isConstant)
  if (kind === 'FuncCall')
    return ['now', 'transaction_timestamp'].includes(nameOf(fields['funcname']).at(-1) ?? '')
  return kind === 'A_Const' || kind === 'SQLValueFunction'
}

const addConstraint: Check = (rules, constraint) => {
  const type = textOf(constraint['contype'])
  if (textOf(constraint['conname']) === '') return 'a constraint needs a name'
  if (constraint['indexspace'] !== undefined) return 'storage is not chosen here'
  if (type === 'CONSTR_FOREIGN') return addForeignKey(rules, constraint)
  return type === 'CONSTR_CHECK' || type === 'CONSTR_UNIQUE' ? undefined : REFUSED
}

const addForeignKey: Check = (rules, constraint) => {
  if (constraint['skip_validation'] !== true)
    return 'add foreign keys NOT VALID and validate them afterwards'
  const actions = [constraint['fk_upd_action'], constraint['fk_del_action']].map(textOf)
  // a: no action, r: restrict; everything else changes rows later.
  if (!actions.every((action) => ['', 'a', 'r'].includes(action)))
    return 'a foreign key may not change rows'
  return checkRelation(rules, fieldsOf(constraint['pktable']), 'SELECT')
}

const createIndex: Check = (rules, index) => {
  if (textOf(index['idxname']) === '') return 'an index needs a name'
  if (index['tableSpace'] !== undefined) return 'storage is not chosen here'
  if (!INDEX_METHODS.has(textOf(index['accessMethod']) || 'btree'))
    return 'the access method is not permitted'
  return checkRelation(rules, fieldsOf(index['relation']), 'ALTER')
}

const dropIndex: Check = (rules, drop) => {
  if (drop['removeType'] !== 'OBJECT_INDEX') return REFUSED
  if (drop['behavior'] === 'DROP_CASCADE') return 'CASCADE is not allowed'
  const [object, ...more] = listOf(drop['objects'])
  return more.length > 0
    ? 'drop one index at a time'
    : dropNamed(rules, nameOf(nodeOf(object).fields['items']))
}

const dropNamed = ({ facts, policy }: RelationRules, path: readonly string[]): Refusal => {
  const [name = '', schema, ...more] = path.toReversed()
  const schemas = schema === undefined ? policy.schemas : [schema]
  if (more.length > 0 || !schemas.every((one) => policy.schemas.includes(one))) {
    return 'the index stands in a schema that is not permitted'
  }
  const isNeeded = facts.constraintIndexes.some(
    (index) => index.name === name && schemas.includes(index.schema),
  )
  // PostgreSQL names them so; what was made since the facts were read is still recognised.
  return isNeeded || /_(pkey|key|excl)$/.test(name)
    ? 'the index belongs to a constraint'
    : undefined
}

const PATH_OF_COMMENT: Readonly<Record<string, (path: readonly string[]) => readonly string[]>> = {
  OBJECT_TABLE: (path) => path,
  OBJECT_INDEX: (path) => path,
  OBJECT_VIEW: (path) => path,
  OBJECT_COLUMN: (path) => path.slice(0, -1),
  OBJECT_TABCONSTRAINT: (path) => path.slice(0, -1),
}

const comment: Check = (rules, fields) => {
  const toPath = PATH_OF_COMMENT[textOf(fields['objtype'])]
  const path = toPath?.(nameOf(nodeOf(fields['object']).fields['items'])) ?? []
  const [name, schema, ...more] = path.toReversed()
  if (name === undefined || more.length > 0)
    return 'comments are for tables, columns, indexes and constraints'
  const relation = { relname: name, ...(schema === undefined ? {} : { schemaname: schema }) }
  return checkRelation(rules, relation, fields['objtype'] === 'OBJECT_INDEX' ? 'SELECT' : 'ALTER')
}

const STATEMENTS: Readonly<Record<string, Check>> = {
  AlterTableStmt: alterTable,
  IndexStmt: createIndex,
  DropStmt: dropIndex,
  CommentStmt: comment,
}
