import type { CatalogFacts, OperatorFact } from './catalog-facts.ts'
import type { Refusal } from './refusal.ts'
import { nameOf, textOf } from './tree-value.ts'
import type { TreeNode } from './walk-tree.ts'

/** An operator is a call of its function: what users made is refused. */
export const checkOperator = (facts: CatalogFacts, node: TreeNode): Refusal => {
  if (node.kind === 'IndexElem') return checkOperatorClass(facts, nameOf(node.fields['opclass']))
  for (const path of operatorsOf(node)) {
    const name = path.at(-1) ?? ''
    const schema = path.at(-2)
    const found = (facts.operators.get(name) ?? []).filter(
      (fact) => schema === undefined || fact.schema === schema,
    )
    if (path.length > 2 || found.length === 0) return 'an operator is used that is not known'
    if (!found.every(isAllowed)) return `the operator ${name} may not be used`
  }
  return undefined
}

/** An operator class says which functions an index calls. */
const checkOperatorClass = (facts: CatalogFacts, path: readonly string[]): Refusal => {
  if (path.length === 0) return undefined
  const name = path.at(-1) ?? ''
  const schema = path.at(-2)
  const found = (facts.operatorClasses.get(name) ?? []).filter(
    (fact) => schema === undefined || fact.schema === schema,
  )
  const isKnown = found.length > 0 && path.length <= 2
  const isTrusted = found.every(({ isBuiltIn, extension }) => isBuiltIn || extension !== undefined)
  return isKnown && isTrusted ? undefined : 'the operator class is not permitted'
}

const isAllowed = ({ isBuiltIn, isVolatile, extension }: OperatorFact): boolean =>
  !isVolatile && (isBuiltIn || extension !== undefined)

const BETWEEN = [['>='], ['<=']]

const operatorsOf = ({ kind, fields }: TreeNode): readonly (readonly string[])[] => {
  if (kind === 'A_Expr') {
    return textOf(fields['kind']).includes('BETWEEN') ? BETWEEN : [nameOf(fields['name'])]
  }
  if (kind === 'SubLink' && fields['operName'] !== undefined) return [nameOf(fields['operName'])]
  if (kind === 'SortBy' && fields['useOp'] !== undefined) return [nameOf(fields['useOp'])]
  return []
}
