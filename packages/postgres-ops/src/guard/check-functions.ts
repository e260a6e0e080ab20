import type { CatalogFacts, FunctionFact } from './catalog-facts.ts'
import { HARMLESS_VOLATILE, isDangerousFunction, KNOWN_EXTENSIONS } from './known-names.ts'
import type { Refusal } from './refusal.ts'
import { listOf, nameOf, nodeOf, textOf } from './tree-value.ts'
import type { TreeNode } from './walk-tree.ts'

/** Functions are allowed by what the database says of every overload of their name. */
export const checkFunction = (facts: CatalogFacts, { kind, fields }: TreeNode): Refusal => {
  if (kind === 'FuncCall') return checkCall(facts, nameOf(fields['funcname']))
  if (kind === 'ColumnRef') return checkAttribute(facts, listOf(fields['fields']).slice(1))
  if (kind === 'A_Indirection') return checkAttribute(facts, listOf(fields['indirection']))
  return undefined
}

const checkCall = (facts: CatalogFacts, path: readonly string[]): Refusal => {
  const name = path.at(-1) ?? ''
  const schema = path.at(-2)
  const found = (facts.functions.get(name) ?? []).filter(
    (fact) => schema === undefined || fact.schema === schema,
  )
  if (path.length > 2 || found.length === 0) return 'a function is called that is not known'
  return found.every(isAllowed) ? undefined : `the function ${name} may not be called`
}

const isAllowed = (fact: FunctionFact): boolean => {
  if (isDangerousFunction(fact.name)) return false
  if (fact.isBuiltIn) return !fact.isVolatile || HARMLESS_VOLATILE.has(fact.name)
  return !fact.isVolatile && fact.extension !== undefined && KNOWN_EXTENSIONS.has(fact.extension)
}

/** `row.name` calls the function of that name when no column has it. */
const checkAttribute = (facts: CatalogFacts, steps: readonly unknown[]): Refusal => {
  for (const step of steps) {
    const name = textOf(nodeOf(step).fields['sval'])
    const called = (facts.functions.get(name) ?? []).filter(({ takesRow }) => takesRow)
    if (!called.every(isAllowed)) return `${name} after a dot may call a function`
  }
  return undefined
}
