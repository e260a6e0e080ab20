import { choosesRows, type Target } from './check-condition.ts'
import { checkRelation, type Access, type RelationRules } from './check-relations.ts'
import type { Statement } from './parse-statement.ts'
import type { Policy } from './policy.ts'
import { firstRefusal, type Refusal } from './refusal.ts'
import { fieldsOf, listOf, nodeOf, textOf, type Fields } from './tree-value.ts'

const ACCESS: Readonly<Record<string, readonly Access[]>> = {
  InsertStmt: ['INSERT'],
  UpdateStmt: ['UPDATE'],
  DeleteStmt: ['DELETE'],
  MergeStmt: [],
}
const ACCESS_OF_COMMAND: Readonly<Record<string, Access>> = {
  CMD_INSERT: 'INSERT',
  CMD_UPDATE: 'UPDATE',
  CMD_DELETE: 'DELETE',
}

/** A statement that writes rows: where it may, with a condition, and for one's own tenant. */
export const checkWrite = (rules: RelationRules, { kind, fields }: Statement): Refusal =>
  firstRefusal(fields, [
    () => checkTarget(rules, kind, fields),
    () => checkCondition(rules, kind, fields),
    () => checkTenant(rules.policy, fields),
  ])

const checkTarget = (rules: RelationRules, kind: string, fields: Fields): Refusal => {
  const wanted = [...(ACCESS[kind] ?? []), ...commandsOf(fields)]
  return firstRefusal(
    fieldsOf(fields['relation']),
    wanted.map((access) => (relation) => checkRelation(rules, relation, access)),
  )
}

const mergesOf = (fields: Fields): Fields[] =>
  listOf(fields['mergeWhenClauses']).map((clause) => nodeOf(clause).fields)

/** What a MERGE does, and what an INSERT does on a conflict. */
const commandsOf = (fields: Fields): Access[] => {
  const commands = mergesOf(fields).map(
    (clause) => ACCESS_OF_COMMAND[textOf(clause['commandType'])],
  )
  const conflict = fieldsOf(fields['onConflictClause'])['action'] === 'ONCONFLICT_UPDATE'
  return [...commands, conflict ? ('UPDATE' as const) : undefined].filter(
    (access) => access !== undefined,
  )
}

const checkCondition = (rules: RelationRules, kind: string, fields: Fields): Refusal => {
  if (kind === 'InsertStmt') return undefined
  const condition = fields[kind === 'MergeStmt' ? 'joinCondition' : 'whereClause']
  const command = kind.replace('Stmt', '').toUpperCase()
  if (!choosesRows(targetOf(rules, fields), condition)) {
    return `${command} needs a condition that chooses among the rows of its table`
  }
  const bySource = mergesOf(fields).some(
    ({ matchKind }) => matchKind === 'MERGE_WHEN_NOT_MATCHED_BY_SOURCE',
  )
  return bySource ? 'MERGE may not change what the source does not match' : undefined
}

const targetOf = ({ facts, policy }: RelationRules, fields: Fields): Target => {
  const relation = fieldsOf(fields['relation'])
  const name = textOf(relation['relname'])
  const others = [fields['fromClause'], fields['usingClause'], fields['sourceRelation']]
  const known = facts.relations.get(name) ?? []
  const schemas =
    relation['schemaname'] === undefined ? policy.schemas : [textOf(relation['schemaname'])]
  return {
    name: textOf(fieldsOf(relation['alias'])['aliasname']) || name,
    isAlone: others.every((other) => other === undefined),
    notNull: known.find(({ schema }) => schemas.includes(schema))?.notNull ?? [],
  }
}

/** Whose a row is follows from the connection: no constant may say anything else. */
const checkTenant = (policy: Policy, fields: Fields): Refusal => {
  const named = tenantValues(policy.tenantColumn, fields).map(constantText)
  const others = named.filter((text) => text !== undefined && text !== policy.tenantId)
  return others.length === 0
    ? undefined
    : `${policy.tenantColumn} follows from the connection; leave it out`
}

const tenantValues = (column: string, fields: Fields): unknown[] => {
  const at = listOf(fields['cols']).findIndex((target) => nodeOf(target).fields['name'] === column)
  const { fields: source } = nodeOf(fields['selectStmt'])
  const rows = listOf(source['valuesLists']).map((row) => listOf(nodeOf(row).fields['items']))
  const selected = listOf(source['targetList']).map((item) => nodeOf(item).fields['val'])
  const inserted = at < 0 ? [] : [...rows, selected].map((row) => row[at])
  return [...inserted, ...assignedIn(column, fields)]
}

/** What UPDATE, MERGE and ON CONFLICT give to a column. */
const assignedIn = (column: string, fields: Fields): unknown[] => {
  const merges = mergesOf(fields)
  const conflict = fieldsOf(fields['onConflictClause'])
  const sets = [
    fields['relation'] === undefined ? [] : fields['targetList'],
    conflict['targetList'],
  ]
  const assigned = [...sets, ...merges.filter(isUpdate).map(({ targetList }) => targetList)]
    .flatMap((list) => listOf(list))
    .map((target) => nodeOf(target).fields)
    .filter(({ name }) => name === column)
    .map(({ val }) => val)
  return [...assigned, ...merges.map((clause) => insertedBy(column, clause))]
}

const isUpdate = ({ commandType }: Fields): boolean => commandType === 'CMD_UPDATE'

const insertedBy = (column: string, clause: Fields): unknown => {
  const names = listOf(clause['targetList']).map((target) => nodeOf(target).fields['name'])
  return listOf(clause['values'])[names.indexOf(column)]
}

/** The text of a constant, behind any casts; `undefined` where it is none. */
const constantText = (value: unknown): string | undefined => {
  const { kind, fields } = nodeOf(value)
  if (kind === 'TypeCast') return constantText(fields['arg'])
  if (kind !== 'A_Const') return undefined
  return textOf(fieldsOf(fields['sval'])['sval'])
}
