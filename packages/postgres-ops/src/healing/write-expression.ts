import { quoteName } from '../health/catalogue.ts'
import {
  constantNumber,
  fieldsOf,
  listOf,
  nameOf,
  nodeOf,
  textOf,
  type Fields,
} from '../guard/tree-value.ts'

/**
 * An expression over columns as SQL, without the names of tables, for an index on it; `undefined` for
 * what is not written here: parameters, subqueries, and everything an index rarely needs.
 */
export const writeExpression = (node: unknown): string | undefined => {
  const { kind, fields } = nodeOf(node)
  return WRITERS[kind]?.(fields)
}

const writeAll = (nodes: readonly unknown[]): string | undefined => {
  const parts = nodes.map(writeExpression)
  return parts.includes(undefined) ? undefined : parts.join(', ')
}

const writeConstant = (fields: Fields): string | undefined => {
  const text = fieldsOf(fields['sval'])['sval']
  if (typeof text === 'string') return `'${text.replaceAll("'", "''")}'`
  return 'ival' in fields ? constantNumber({ A_Const: fields })?.toString() : undefined
}

const writeCall = (fields: Fields): string | undefined => {
  const args = writeAll(listOf(fields['args']))
  const isPlain = !['agg_star', 'agg_distinct', 'agg_filter', 'agg_order', 'over'].some(
    (field) => field in fields,
  )
  return isPlain && args ? `${quoteName(...nameOf(fields['funcname']))}(${args})` : undefined
}

const writeOperation = (fields: Fields): string | undefined => {
  const [operator = '', schema] = nameOf(fields['name']).reverse()
  const sides = [writeExpression(fields['lexpr']), writeExpression(fields['rexpr'])]
  const isPlain =
    fields['kind'] === 'AEXPR_OP' && schema === undefined && !sides.includes(undefined)
  return isPlain && /^(->>?|#>>?|\|\||[-+*/%])$/.test(operator)
    ? `(${sides.join(` ${operator} `)})`
    : undefined
}

const writeCast = (fields: Fields): string | undefined => {
  const inner = writeExpression(fields['arg'])
  const type = fieldsOf(fields['typeName'])
  const isPlain = !('typmods' in type) && !('arrayBounds' in type)
  return inner && isPlain ? `(${inner}::${quoteName(...nameOf(type['names']))})` : undefined
}

const WRITERS: Readonly<Record<string, (fields: Fields) => string | undefined>> = {
  ColumnRef: (fields) => {
    const name = textOf(nodeOf(listOf(fields['fields']).at(-1)).fields['sval'])
    return name === '' ? undefined : quoteName(name)
  },
  A_Const: writeConstant,
  FuncCall: writeCall,
  A_Expr: writeOperation,
  TypeCast: writeCast,
}
