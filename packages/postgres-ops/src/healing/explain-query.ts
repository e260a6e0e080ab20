import { fieldsOf, listOf, textOf } from '../guard/tree-value.ts'
import type { Catalogue } from '../health/catalogue.ts'

/** A query whose plan is asked for. */
export interface PlannedQuery {
  readonly sql: string
  /** How many parameters it has; the plan is then the one for any values. */
  readonly parameters: number
}

/** What the planner says of a query. */
export interface Plan {
  /** In the planner's units. */
  readonly cost: number
  readonly indexes: ReadonlySet<string>
}

/** Asks for the plan of a query, in the transaction that is open. Runs nothing of it. */
export const explainQuery = async (
  catalogue: Catalogue,
  { sql, parameters }: PlannedQuery,
): Promise<Plan> => {
  if (parameters === 0) return toPlan(await catalogue.query(`explain (format json) ${sql}`))
  await catalogue.query('set local plan_cache_mode = force_generic_plan')
  await catalogue.query(`prepare athena_plan as ${sql}`)
  try {
    const nulls = Array.from({ length: parameters }, () => 'null').join(', ')
    return toPlan(await catalogue.query(`explain (format json) execute athena_plan(${nulls})`))
  } finally {
    await catalogue.query('deallocate athena_plan')
  }
}

const toPlan = (lines: readonly (string | null)[]): Plan => {
  const root = fieldsOf(listOf(JSON.parse(lines.join('\n')))[0])['Plan']
  return { cost: Number(fieldsOf(root)['Total Cost']), indexes: new Set(indexesOf(root)) }
}

const indexesOf = (node: unknown): string[] => {
  const fields = fieldsOf(node)
  return [textOf(fields['Index Name']), ...listOf(fields['Plans']).flatMap(indexesOf)].filter(
    Boolean,
  )
}
