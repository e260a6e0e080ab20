import { quoteName, rolledBack } from '../health/catalogue.ts'
import { applyPlan, type Applying, type Attempt } from './attempt.ts'
import { helps } from './choose-trial.ts'
import { dropIndex, dropUnfinished, type IndexPlace } from './drop-unfinished.ts'
import { explainQuery, type Plan, type PlannedQuery } from './explain-query.ts'
import type { IndexLimits } from './index-limits.ts'
import { setTimeouts } from './judge-indexes.ts'

/** An index to be made for good, if it helps a query. */
export interface IndexPlan extends IndexPlace {
  readonly table: string
  readonly statement: string
  readonly query: PlannedQuery
}

/** Makes an index, looks whether the query now uses it and costs less, and removes it when not. */
export const tryIndex = async (
  applying: Applying,
  index: IndexPlan,
  limits: IndexLimits,
): Promise<Attempt> => {
  const plan = toPlan(index)
  const before = await planOf(applying, index, limits)
  const failure = await applyPlan(applying, plan)
  if (failure) {
    await dropUnfinished(applying.catalogue, index)
    return failure
  }
  const after = await planOf(applying, index, limits)
  const isUsed = after.indexes.has(index.name)
  const evidence = `the query costs ${after.cost}, and ${before.cost} before; ${isUsed ? 'it uses' : 'it does not use'} the index`
  if (isUsed && helps(before.cost, after.cost, limits.minGain))
    return { ...plan, status: 'mended', evidence }
  await dropIndex(applying.catalogue, index)
  return { ...plan, status: 'undone', evidence }
}

/** What would be done. */
export const proposeIndex = (index: IndexPlan): Attempt => ({
  ...toPlan(index),
  status: 'proposed',
  evidence: 'nothing was changed',
})

const toPlan = ({ table, name, statement }: IndexPlan) => ({
  kind: 'performance' as const,
  subject: `${quoteName(name)} on ${table}`,
  cause: 'the query may cost less with this index',
  statements: [statement],
})

const planOf = (
  { catalogue }: Applying,
  { query }: IndexPlan,
  limits: IndexLimits,
): Promise<Plan> =>
  rolledBack(catalogue, async () => {
    await setTimeouts(catalogue, limits)
    return explainQuery(catalogue, query)
  })
