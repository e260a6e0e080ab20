import { isFields, type Fields } from './tree-value.ts'

/** A node of a parsed statement. */
export interface TreeNode {
  /** Such as `FuncCall`; begins with `?` where the tree does not say and we do not know. */
  readonly kind: string
  readonly fields: Fields
  /** How many nodes stand above it. */
  readonly depth: number
}

interface Place {
  readonly value: unknown
  readonly field: string
  readonly depth: number
}

/** The kinds of nodes that stand in these fields without saying their kind. */
const KIND_OF_FIELD: Readonly<Record<string, string>> = {
  relation: 'RangeVar',
  alias: 'Alias',
  join_using_alias: 'Alias',
  typeName: 'TypeName',
  larg: 'SelectStmt',
  rarg: 'SelectStmt',
  withClause: 'WithClause',
  intoClause: 'IntoClause',
  over: 'WindowDef',
  search_clause: 'CTESearchClause',
  cycle_clause: 'CTECycleClause',
  onConflictClause: 'OnConflictClause',
  infer: 'InferClause',
  returningClause: 'ReturningClause',
  collClause: 'CollateClause',
  pktable: 'RangeVar',
  ival: 'Integer',
  fval: 'Float',
  boolval: 'Boolean',
  sval: 'String',
  bsval: 'BitString',
  output: 'JsonOutput',
  returning: 'JsonReturning',
  format: 'JsonFormat',
  context_item: 'JsonValueExpr',
  formatted_expr: 'JsonValueExpr',
  pathspec: 'JsonTablePathSpec',
  on_empty: 'JsonBehavior',
  on_error: 'JsonBehavior',
}

/**
 * Every node under `root`, in no particular order: also those in lists in lists and in fields that
 * nobody here has heard of. Not recursive, so that no depth can exhaust the stack.
 */
export function* walkTree(root: unknown): Generator<TreeNode> {
  const waiting: Place[] = [{ value: root, field: '', depth: 0 }]
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const { value, field, depth } = place
    if (Array.isArray(value)) {
      for (const item of value) waiting.push({ value: item, field, depth })
    } else if (isFields(value)) {
      const node = toNode(value, field, depth)
      if (node) yield node
      const inside = node?.fields ?? {}
      for (const [name, item] of Object.entries(inside)) {
        waiting.push({ value: item, field: name, depth: depth + 1 })
      }
    }
  }
}

const toNode = (value: Fields, field: string, depth: number): TreeNode | undefined => {
  const names = Object.keys(value)
  const [name = ''] = names
  // Lists end with an empty node here and there; it stands for nothing.
  if (names.length === 0 && KIND_OF_FIELD[field] === undefined) return undefined
  if (!/^[A-Z]/.test(name))
    return { kind: KIND_OF_FIELD[field] ?? `?${field}`, fields: value, depth }
  const inner = value[name]
  if (names.length > 1 || !isFields(inner)) return { kind: `?${name}`, fields: value, depth }
  return { kind: name, fields: inner, depth }
}
