import type { Refusal } from './refusal.ts'
import {
  constantNumber,
  fieldsOf,
  isFields,
  listOf,
  nameOf,
  nodeOf,
  textOf,
  type Fields,
} from './tree-value.ts'
import { walkTree, type TreeNode } from './walk-tree.ts'

/** The most rows or characters that constants of one statement may ask for, multiplied. */
const MAX_CONSTANT_SIZE = 10_000_000

/** What is certain to take too long is refused at once; the time-outs hold for the rest. */
export const checkCost = (nodes: readonly TreeNode[]): Refusal => {
  const size = nodes.reduce((product, node) => product * sizeOf(node), 1)
  if (size > MAX_CONSTANT_SIZE)
    return `the statement asks for more than ${MAX_CONSTANT_SIZE} rows or characters by its constants`
  return nodes.some(isEndless) ? 'a recursive query needs a condition that ends it' : undefined
}

const sizeOf = ({ kind, fields }: TreeNode): number => {
  if (kind !== 'FuncCall') return 1
  const name = nameOf(fields['funcname']).at(-1) ?? ''
  const [first, second, third] = listOf(fields['args']).map(constantNumber)
  if (name === 'generate_series') return seriesSize(first, second, third)
  return ['repeat', 'lpad', 'rpad'].includes(name) ? Math.max(1, second ?? 1) : 1
}

const seriesSize = (from?: number, to?: number, step = 1): number =>
  from === undefined || to === undefined || step === 0
    ? 1
    : Math.max(1, Math.floor((to - from) / step) + 1)

/** A query that reads its own result again, whatever it finds. */
const isEndless = ({ kind, fields }: TreeNode): boolean => {
  if (kind !== 'CommonTableExpr') return false
  const name = textOf(fields['ctename'])
  const { fields: query } = nodeOf(fields['ctequery'])
  const again = fieldsOf(query['rarg'])
  if (!isFields(query['rarg']) || !mentions(again, name)) return false
  return !isNarrowed(again)
}

const mentions = (query: Fields, name: string): boolean => {
  for (const { kind, fields } of walkTree({ SelectStmt: query })) {
    if (kind === 'RangeVar' && fields['relname'] === name && fields['schemaname'] === undefined)
      return true
  }
  return false
}

const isNarrowed = (query: Fields): boolean => {
  if (query['limitCount'] !== undefined || dependsOnRows(query['whereClause'])) return true
  return listOf(query['fromClause']).some((item) => {
    const { kind, fields } = nodeOf(item)
    return (
      kind === 'JoinExpr' && (dependsOnRows(fields['quals']) || fields['usingClause'] !== undefined)
    )
  })
}

const dependsOnRows = (condition: unknown): boolean => {
  for (const { kind } of walkTree(condition)) if (kind === 'ColumnRef') return true
  return false
}
