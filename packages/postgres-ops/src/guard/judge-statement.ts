import type { CatalogFacts } from './catalog-facts.ts'
import { checkCost } from './check-cost.ts'
import { checkFunction } from './check-functions.ts'
import { checkOperator } from './check-operators.ts'
import { checkRelation, type RelationRules } from './check-relations.ts'
import { checkSchemaChange } from './check-schema-change.ts'
import { checkType } from './check-types.ts'
import { checkWrite } from './check-writes.ts'
import type { Statement } from './parse-statement.ts'
import type { Policy } from './policy.ts'
import { firstRefusal, type Refusal } from './refusal.ts'
import { READ_KINDS, SCHEMA_KINDS, WRITE_KINDS, WRITE_STATEMENTS } from './statement-kinds.ts'
import { listOf, nameOf, nodeOf, textOf } from './tree-value.ts'
import { walkTree, type TreeNode } from './walk-tree.ts'
import { wordSet } from './word-set.ts'

/** What takes a statement from an agent. */
export const TOOLS = ['query', 'explain', 'execute', 'schema_alter'] as const
/** What takes a statement from an agent. */
export type Tool = (typeof TOOLS)[number]

/** The deepest tree that is judged. */
const MAX_DEPTH = 500

/** What a statement is judged for. */
export interface Case {
  readonly tool: Tool
  readonly statement: Statement
  readonly facts: CatalogFacts
  readonly policy: Policy
}

/** The second and third layer: what kind of statement it is, and every node of it. */
export const judgeStatement = (given: Case): Refusal => JUDGES[given.tool](given)

const query = (given: Case): Refusal => {
  const { kind } = given.statement
  if (kind === 'VariableShowStmt') return undefined
  if (kind === 'ExplainStmt') return explained(given)
  return kind === 'SelectStmt' ? nodes(given, [given.statement.root], READ_KINDS) : wrongKind(kind)
}

const wrongKind = (kind: string): Refusal =>
  `${kind.replace(/Stmt$/, '')} does not read; query takes SELECT, VALUES, TABLE, WITH, EXPLAIN and SHOW`

const explain = (given: Case): Refusal =>
  given.statement.kind === 'SelectStmt'
    ? nodes(given, [given.statement.root], READ_KINDS)
    : 'explain takes a statement that reads, without EXPLAIN in front'

const EXPLAIN_OPTIONS = wordSet(`
  analyze verbose costs settings buffers wal timing summary format generic_plan memory serialize
`)

const explained = (given: Case): Refusal => {
  const { query: inner, options } = given.statement.fields
  const names = listOf(options).map((option) => textOf(nodeOf(option).fields['defname']))
  if (!names.every((name) => EXPLAIN_OPTIONS.has(name)))
    return 'EXPLAIN has an option that is not permitted'
  if (nodeOf(inner).kind !== 'SelectStmt') return 'only statements that read are explained'
  return nodes(given, [inner], READ_KINDS)
}

const execute = (given: Case): Refusal => {
  const { kind, fields, root } = given.statement
  if (!WRITE_STATEMENTS.has(kind)) return 'execute takes INSERT, UPDATE, DELETE and MERGE'
  const inside = Object.entries(fields).filter(([name]) => name !== 'relation')
  const kinds = new Set([...WRITE_KINDS, kind])
  return (
    nodes(given, [{ [kind]: Object.fromEntries(inside) }], kinds) ??
    checkWrite(toRules(given, [...walkTree(root)]), given.statement)
  )
}

const SCHEMA_STATEMENTS = new Set(['AlterTableStmt', 'IndexStmt', 'DropStmt', 'CommentStmt'])

const schemaAlter = (given: Case): Refusal => {
  const { kind, fields } = given.statement
  const refusal = checkSchemaChange(toRules(given, []), given.statement)
  if (refusal !== undefined || !SCHEMA_STATEMENTS.has(kind)) return refusal
  // The relation itself was judged as one that changes.
  const { relation: _, ...inside } = fields
  return nodes(given, Object.values(inside), SCHEMA_KINDS)
}

const JUDGES: Readonly<Record<Tool, (given: Case) => Refusal>> = {
  query,
  explain,
  execute,
  schema_alter: schemaAlter,
}

/** Judges every node below, and all of them together. */
const nodes = (given: Case, roots: readonly unknown[], kinds: ReadonlySet<string>): Refusal => {
  const found = [...walkTree(roots)]
  const rules = toRules(given, found)
  for (const node of found) {
    const refusal = checkNode(rules, node, kinds)
    if (refusal !== undefined) return refusal
  }
  return checkCost(found)
}

const checkNode = (rules: RelationRules, node: TreeNode, kinds: ReadonlySet<string>): Refusal => {
  if (!kinds.has(node.kind)) return `${node.kind.replace('?', '')} is not permitted in a statement`
  if (node.depth > MAX_DEPTH) return 'the statement is nested too deeply'
  return firstRefusal(node, [
    (one) => checkFunction(rules.facts, one),
    (one) => checkOperator(rules.facts, one),
    (one) => checkType(rules.facts, one),
    ({ kind, fields }) => (kind === 'RangeVar' ? checkRelation(rules, fields) : undefined),
    checkSample,
    checkWithin,
  ])
}

const checkSample = ({ kind, fields }: TreeNode): Refusal => {
  if (kind !== 'RangeTableSample') return undefined
  const isKnown = ['system', 'bernoulli'].includes(nameOf(fields['method']).join('.'))
  return isKnown ? undefined : 'TABLESAMPLE takes SYSTEM or BERNOULLI'
}

/** One statement writes at most one table: the cap on rows counts that one only. */
const checkWithin = ({ kind, depth }: TreeNode): Refusal =>
  WRITE_STATEMENTS.has(kind) && depth > 0
    ? 'a statement that writes may not stand inside another'
    : undefined

const toRules = ({ facts, policy }: Case, found: readonly TreeNode[]): RelationRules => ({
  facts,
  policy,
  ctes: new Set(
    found
      .filter(({ kind }) => kind === 'CommonTableExpr')
      .map(({ fields }) => textOf(fields['ctename'])),
  ),
})
