import { z } from 'zod'
import { OpsError } from '../ops-error.ts'
import type { Catalogue } from './catalogue.ts'
import { checkDrift } from './check-drift.ts'
import { ACTIVITY_CHECKS } from './checks/activity-checks.ts'
import { INDEX_CHECKS } from './checks/index-checks.ts'
import { SECURITY_CHECKS } from './checks/security-checks.ts'
import { TABLE_CHECKS } from './checks/table-checks.ts'
import type { ExpectedSchema } from './expected-schema.ts'
import { expectedHere } from './find-drift.ts'
import { finding, unchecked, type Checked, type Finding } from './finding.ts'
import { runCheck } from './health-check.ts'
import { DEFAULT_HEALTH_LIMITS, type HealthLimits } from './health-limits.ts'
import { measureDatabase, measures } from './measure-database.ts'

/** How a pool of connections does. */
export interface PoolStats {
  readonly lent: number
  readonly waiting: number
}

/** What is known of a database beforehand. */
export interface HealthOptions {
  readonly limits?: Partial<HealthLimits>
  /** Default `tenant_id`. */
  readonly tenantColumn?: string
  /** Roles whose rights are looked at, beside the one that is connected. */
  readonly roles?: readonly string[]
  readonly expected?: ExpectedSchema
  readonly pool?: PoolStats
}

/** What was found; failures come first. */
export const healthReport = z.object({
  status: z.enum(['healthy', 'warning', 'failing']),
  findings: z.array(finding),
  unchecked: z.array(unchecked).describe('what could not be looked at, and why'),
  truncated: z.boolean().describe('whether some check found more than is shown'),
  measures,
})
export type HealthReport = z.output<typeof healthReport>

const CHECKS = [...ACTIVITY_CHECKS, ...INDEX_CHECKS, ...TABLE_CHECKS, ...SECURITY_CHECKS]

/** Looks for everything that is known to go wrong with a PostgreSQL database. Changes nothing. */
export const checkHealth = async (
  catalogue: Catalogue,
  options: HealthOptions = {},
): Promise<HealthReport> => {
  const { tenantColumn = 'tenant_id', roles = [] } = options
  const target = { tenantColumn, roles, limits: { ...DEFAULT_HEALTH_LIMITS, ...options.limits } }
  const results: Checked[] = []
  for (const check of CHECKS) results.push(await runCheck(catalogue, check, target))
  results.push(await compare(catalogue, options.expected), {
    ...NOTHING,
    findings: poolFindings(options.pool),
  })
  const findings = bySeverity(results.flatMap((result) => result.findings))
  return {
    status: statusOf(findings),
    findings,
    unchecked: results.flatMap((result) => result.unchecked),
    truncated: results.some(({ truncated }) => truncated),
    measures: await measureDatabase(catalogue),
  }
}

const NOTHING: Checked = { findings: [], unchecked: [], truncated: false }

const compare = async (catalogue: Catalogue, expected?: ExpectedSchema): Promise<Checked> => {
  try {
    const here = await expectedHere(catalogue, expected)
    return here ? { ...NOTHING, findings: await checkDrift(catalogue, here) } : NOTHING
  } catch (thrown) {
    if (!(thrown instanceof OpsError)) throw thrown
    return { ...NOTHING, unchecked: [{ check: 'missing-column', reason: thrown.message }] }
  }
}

const poolFindings = (pool?: PoolStats): Finding[] => {
  if (!pool || pool.waiting === 0) return []
  return [
    {
      check: 'pool',
      severity: 'warning',
      subject: 'pool',
      evidence: `all ${pool.lent} connections are lent and ${pool.waiting} callers wait`,
      advice: 'make transactions shorter, or the pool larger',
    },
  ]
}

const bySeverity = (findings: readonly Finding[]): Finding[] => [
  ...findings.filter(({ severity }) => severity === 'failure'),
  ...findings.filter(({ severity }) => severity === 'warning'),
]

const statusOf = ([worst]: readonly Finding[]): HealthReport['status'] => {
  if (!worst) return 'healthy'
  return worst.severity === 'failure' ? 'failing' : 'warning'
}
