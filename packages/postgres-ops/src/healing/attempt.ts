import { z } from 'zod'
import type { Verdict } from '../guard/refusal.ts'
import type { Catalogue } from '../health/catalogue.ts'
import { OpsError } from '../ops-error.ts'

/** One thing that healing tried, or would try. */
export const attempt = z.object({
  kind: z.enum(['schema', 'performance']),
  subject: z.string().describe('what it mends, by its name'),
  cause: z.string().describe('what is wrong'),
  statements: z.array(z.string()).describe('what was run, or would be'),
  status: z
    .enum(['proposed', 'blocked', 'refused', 'failed', 'undone', 'mended'])
    .describe(
      'mended: it was run, and what was wrong is right; undone: it was run, did not help and was taken back',
    ),
  evidence: z.string().describe('how that is known'),
})
export type Attempt = z.output<typeof attempt>

/** What applying needs. */
export interface Applying {
  readonly catalogue: Catalogue
  readonly lockMs: number
  /** Has the last word on every statement. */
  readonly judge: (ddl: string) => Promise<Verdict>
}

/** Something to be done, in several statements. */
export type Plan = Pick<Attempt, 'kind' | 'subject' | 'cause' | 'statements'>

/**
 * Runs the statements of a plan one after the other; all of them have to be allowed before the first
 * is run. `undefined` when they ran: whether they helped is for the caller to find out.
 */
export const applyPlan = async (
  { catalogue, lockMs, judge }: Applying,
  plan: Plan,
): Promise<Attempt | undefined> => {
  for (const statement of plan.statements) {
    const { allowed, reason } = await judge(statement)
    if (!allowed) return { ...plan, status: 'refused', evidence: reason }
  }
  await catalogue.query(`set lock_timeout = ${lockMs}`)
  try {
    for (const statement of plan.statements) await catalogue.query(statement)
    return undefined
  } catch (thrown) {
    if (!(thrown instanceof OpsError) || thrown.code === 'unavailable') throw thrown
    return { ...plan, status: 'failed', evidence: thrown.message }
  } finally {
    await catalogue.query('reset lock_timeout')
  }
}
