import { z } from 'zod'
import { readJson, type Catalogue } from './catalogue.ts'
import { finding, type Checked } from './finding.ts'
import type { HealthLimits } from './health-limits.ts'

/** What a check is asked about. */
export interface HealthTarget {
  readonly limits: HealthLimits
  /** The column that says whose a row is: tables that have it need row security. */
  readonly tenantColumn: string
  /** Roles whose rights are looked at, beside the one that is connected. */
  readonly roles: readonly string[]
}

/** Something that can be wrong with a database. */
export interface HealthCheck {
  readonly name: string
  /**
   * Selects one row for each fault: `severity`, `subject`, `evidence`, `advice`. The severity
   * `unknown` says that something could not be seen, and `evidence` why.
   */
  readonly sql: string
  readonly params?: (target: HealthTarget) => readonly (string | number)[]
}

/** The most findings of one check. */
const MAX_FINDINGS = 100

const row = finding.omit({ check: true }).extend({
  severity: z.enum(['warning', 'failure', 'unknown']),
})

/** Asks a check; one that fails is reported as not done, and the others still run. */
export const runCheck = async (
  catalogue: Catalogue,
  check: HealthCheck,
  target: HealthTarget,
): Promise<Checked> => {
  try {
    return await ask(catalogue, check, target)
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : 'it failed'
    return { findings: [], unchecked: [{ check: check.name, reason }], truncated: false }
  }
}

const ask = async (
  catalogue: Catalogue,
  { name, sql, params = () => [] }: HealthCheck,
  target: HealthTarget,
): Promise<Checked> => {
  const limited = `select row_to_json(f)::text from (${sql}) f
    order by (f.severity = 'failure') desc, f.subject limit ${MAX_FINDINGS + 1}`
  const rows = await readJson(catalogue, { sql: limited, params: params(target).map(String), row })
  const shown = rows.slice(0, MAX_FINDINGS)
  return {
    findings: shown.flatMap(({ severity, ...rest }) =>
      severity === 'unknown' ? [] : [{ check: name, severity, ...rest }],
    ),
    unchecked: shown
      .filter(({ severity }) => severity === 'unknown')
      .map(({ evidence }) => ({ check: name, reason: evidence })),
    truncated: rows.length > shown.length,
  }
}
