import type { CatalogFacts, TypeFact } from './catalog-facts.ts'
import type { Refusal } from './refusal.ts'
import { nameOf } from './tree-value.ts'
import type { TreeNode } from './walk-tree.ts'

/** A cast calls the functions of its type: those of domains and of types that users made are refused. */
export const checkType = (facts: CatalogFacts, { kind, fields }: TreeNode): Refusal => {
  if (kind !== 'TypeName') return undefined
  const path = nameOf(fields['names'])
  const name = path.at(-1) ?? ''
  const schema = path.at(-2)
  if (fields['setof'] === true || fields['pct_type'] === true || path.length > 2) {
    return 'types are named by schema and name'
  }
  const found = (facts.types.get(name) ?? []).filter(
    (fact) => schema === undefined || fact.schema === schema,
  )
  if (found.length === 0) return 'a type is used that is not known'
  return found.every(isAllowed) ? undefined : `the type ${name} may not be used`
}

const isAllowed = ({ isBuiltIn, extension, kind }: TypeFact): boolean =>
  isBuiltIn || extension !== undefined || kind === 'e' || kind === 'c'
