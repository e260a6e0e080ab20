import type { ExpectedSchema } from '../health/expected-schema.ts'
import { findDrift, nameOfDrift, type Drift } from '../health/find-drift.ts'
import { applyPlan, type Applying, type Attempt } from './attempt.ts'
import { dropUnfinished } from './drop-unfinished.ts'
import { toRepair, type Repair } from './repair.ts'

/** Puts back what the migrations made. Without permission it only says what it would do. */
export const mendSchema = async (
  applying: Applying,
  expected: ExpectedSchema,
  { drifts, mayApply }: { readonly drifts: readonly Drift[]; readonly mayApply: boolean },
): Promise<Attempt[]> => {
  const attempts: Attempt[] = []
  for (const drift of drifts) {
    const repair = await toRepair(applying.catalogue, drift)
    attempts.push(mayApply ? await mend(applying, expected, repair) : propose(repair))
  }
  return attempts
}

const planOf = ({ subject, cause, statements }: Repair) => ({
  kind: 'schema' as const,
  subject,
  cause,
  statements: [...statements],
})

const propose = (repair: Repair): Attempt => ({
  ...planOf(repair),
  status: repair.blocked === undefined ? 'proposed' : 'blocked',
  evidence: repair.blocked ?? 'nothing was changed',
})

const mend = async (
  applying: Applying,
  expected: ExpectedSchema,
  repair: Repair,
): Promise<Attempt> => {
  if (repair.blocked !== undefined) return propose(repair)
  const plan = planOf(repair)
  const failure = await applyPlan(applying, plan)
  if (failure) {
    const { drift } = repair
    if (drift.kind === 'index') {
      await dropUnfinished(applying.catalogue, {
        schema: drift.table.schema,
        name: drift.object.name,
      })
    }
    return failure
  }
  const left = await findDrift(applying.catalogue, expected)
  return left.some(
    (drift) => drift.kind === repair.drift.kind && nameOfDrift(drift) === repair.subject,
  )
    ? { ...plan, status: 'failed', evidence: 'it was run, and it is still missing' }
    : { ...plan, status: 'mended', evidence: 'it is there again' }
}
