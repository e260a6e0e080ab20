import { isDeepStrictEqual } from 'node:util'
import { fieldsOf, listOf, nodeOf, textOf, type Fields } from './tree-value.ts'
import { walkTree } from './walk-tree.ts'

/** The table whose rows a condition chooses. */
export interface Target {
  /** The name by which columns of it are qualified. */
  readonly name: string
  /** Whether other tables stand beside it. */
  readonly isAlone: boolean
  readonly notNull: readonly string[]
}

/**
 * Whether a condition depends on the rows of the target, so that it does not choose all of them by
 * construction. It cannot see that all rows happen to match: the cap on rows is for that.
 */
export const choosesRows = (target: Target, condition: unknown): boolean => {
  const { kind, fields } = nodeOf(condition)
  return CHOOSES[kind]?.(target, fields) ?? false
}

type Rule = (target: Target, fields: Fields) => boolean

const chosenBy =
  (field: string): Rule =>
  (target, fields) =>
    choosesRows(target, fields[field])

const ofTarget: Rule = (target, fields) => refersTo(target, fields)

const CHOOSES: Readonly<Record<string, Rule>> = {
  BoolExpr: (target, fields) => {
    const parts = listOf(fields['args']).map((part) => choosesRows(target, part))
    return fields['boolop'] === 'AND_EXPR' ? parts.some(Boolean) : parts.every(Boolean)
  },
  A_Expr: (target, fields) => comparesRows(target, fields),
  NullTest: (target, fields) => refersTo(target, fields) && !isAlwaysTrue(target, fields),
  BooleanTest: chosenBy('arg'),
  TypeCast: chosenBy('arg'),
  CoalesceExpr: (target, fields) => choosesRows(target, listOf(fields['args'])[0]),
  ColumnRef: (target, fields) => refersTo(target, { ColumnRef: fields }),
  FuncCall: ofTarget,
  SubLink: ofTarget,
}

const comparesRows: Rule = (target, fields) => {
  const [left, right] = [fields['lexpr'], fields['rexpr']].map((side) => bare(target, side))
  if (isDeepStrictEqual(left, right)) return false
  const pattern = textOf(fieldsOf(fieldsOf(nodeOf(right).fields)['sval'])['sval'])
  const isPattern = /LIKE/.test(textOf(fields['kind']))
  return refersTo(target, fields) && !(isPattern && /^%+$/.test(pattern))
}

/** A side of a comparison without casts, places in the text and the name of the only table. */
const bare = (target: Target, side: unknown): unknown => {
  const { kind, fields } = nodeOf(side)
  if (kind === 'TypeCast') return bare(target, fields['arg'])
  if (kind === 'ColumnRef' && target.isAlone) return { column: listOf(fields['fields']).at(-1) }
  if (Array.isArray(side)) return side.map((item) => bare(target, item))
  if (kind === '') return typeof side === 'object' ? bareFields(target, fieldsOf(side)) : side
  return { [kind]: bareFields(target, fields) }
}

const bareFields = (target: Target, fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => name !== 'location')
      .map(([name, value]) => [name, bare(target, value)]),
  )

const isAlwaysTrue = (target: Target, fields: Fields): boolean => {
  const path = listOf(nodeOf(fields['arg']).fields['fields'])
  const column = textOf(nodeOf(path.at(-1)).fields['sval'])
  return fields['nulltesttype'] === 'IS_NOT_NULL' && target.notNull.includes(column)
}

const refersTo = (target: Target, part: unknown): boolean => {
  for (const { kind, fields } of walkTree(part)) {
    const path = listOf(fields['fields']).map((step) => textOf(nodeOf(step).fields['sval']))
    if (kind === 'ColumnRef' && (path.length === 1 || path.includes(target.name))) return true
  }
  return false
}
