import { z } from 'zod'
import type { Verdict } from '../guard/refusal.ts'
import { rolledBack, type Catalogue } from '../health/catalogue.ts'
import type { ExpectedSchema } from '../health/expected-schema.ts'
import { expectedHere, findDrift, type Drift } from '../health/find-drift.ts'
import { OpsError } from '../ops-error.ts'
import { attempt, type Applying, type Attempt } from './attempt.ts'
import { explainQuery } from './explain-query.ts'
import { DEFAULT_INDEX_LIMITS, type IndexLimits } from './index-limits.ts'
import { mendSchema } from './mend-schema.ts'
import { readIndex } from './read-index.ts'
import { readQuery } from './read-query.ts'
import { suggestIndexes } from './suggest-indexes.ts'
import { proposeIndex, tryIndex } from './try-index.ts'

/** What healing may do, and what it knows. */
export interface HealOptions {
  /** Whether the schema may be altered at all. */
  readonly mayAlter: boolean
  readonly expected?: ExpectedSchema
  /** Has the last word on every statement; default: all that healing writes itself are allowed. */
  readonly judge?: (ddl: string) => Promise<Verdict>
  /** Writes down what was tried. */
  readonly record?: (attempt: Attempt) => Promise<void>
  readonly limits?: Partial<IndexLimits>
}

/** What is to be healed. */
export interface HealRequest {
  /** The query that fails or is slow; without it, all that differs from the migrations. */
  readonly sql?: string | undefined
  /** What PostgreSQL called its failure. */
  readonly sqlState?: string | undefined
  /** An index to try for the query, instead of looking for one. */
  readonly index?: string | undefined
  /** Whether to change anything. */
  readonly apply: boolean
}

/** What was wrong, and what was tried. */
export const healing = z.object({
  problem: z
    .enum(['schema', 'data', 'performance', 'none'])
    .describe('data: rows are wrong, which no program mends by itself; none: nothing was found'),
  attempts: z.array(attempt),
  queryWorks: z
    .boolean()
    .optional()
    .describe('whether the query can be planned afterwards; absent without one'),
})
export type Healing = z.output<typeof healing>

/**
 * Finds what is wrong, and with `apply` mends it: puts back what the migrations made and somebody
 * removed, and makes an index that a slow query needs, which it removes again when it does not help.
 * Never touches rows, and never removes anything that it did not make.
 *
 * @throws OpsError `refused` when it should apply and may not, or another session does, before anything
 * is done
 */
export const heal = async (
  catalogue: Catalogue,
  request: HealRequest,
  options: HealOptions,
): Promise<Healing> => {
  if (request.apply && !options.mayAlter) {
    throw new OpsError(
      'refused',
      'apply: healing may not alter the schema here; it needs the level alter',
    )
  }
  const limits = { ...DEFAULT_INDEX_LIMITS, ...options.limits }
  const judge = options.judge ?? (async () => ({ allowed: true, reason: '' }))
  const job: Job = {
    applying: { catalogue, judge, lockMs: limits.lockMs },
    request,
    options,
    limits,
  }
  if (!request.apply) return diagnose(job)
  const result = await alone(catalogue, () => diagnose(job))
  for (const each of result.attempts) await options.record?.(each)
  return result
}

/** Two that mend the same would undo each other's work. */
const alone = async <Result>(
  catalogue: Catalogue,
  work: () => Promise<Result>,
): Promise<Result> => {
  const key = "hashtextextended('athena.postgres.heal', 0)"
  const [isFree] = await catalogue.query(`select pg_try_advisory_lock(${key})::text`)
  if (isFree !== 'true') throw new OpsError('refused', 'another session is healing this database')
  try {
    return await work()
  } finally {
    await catalogue.query(`select pg_advisory_unlock(${key})::text`)
  }
}

interface Job {
  readonly applying: Applying
  readonly request: HealRequest
  readonly options: HealOptions
  readonly limits: IndexLimits
}

const diagnose = async (job: Job): Promise<Healing> => {
  const { sql, sqlState, index } = job.request
  if (isAboutData(sqlState)) return { problem: 'data', attempts: [] }
  if (sql !== undefined) return diagnoseQuery(job, sql)
  if (index === undefined) return toHealing('schema', await mendDrift(job))
  throw new OpsError('refused', 'sql: expected the query that the index is for')
}

const diagnoseQuery = async (job: Job, sql: string): Promise<Healing> => {
  const state = await stateOf(job, sql)
  if (isAboutData(state)) return { problem: 'data', attempts: [], queryWorks: false }
  const attempts = job.request.index === undefined ? await mendDrift(job, sql) : []
  if (state === undefined && attempts.length === 0) {
    return { ...toHealing('performance', await speedUp(job, sql)), queryWorks: true }
  }
  return { problem: 'schema', attempts, queryWorks: (await stateOf(job, sql)) === undefined }
}

// Class 22: values that do not fit; class 23: rows that violate a constraint.
const isAboutData = (state?: string): boolean => state !== undefined && /^2[23]/.test(state)

const toHealing = (problem: Healing['problem'], attempts: Attempt[]): Healing => ({
  problem: attempts.length === 0 ? 'none' : problem,
  attempts,
})

/** What PostgreSQL calls the failure of planning a query; `undefined` when it can be planned. */
const stateOf = async (
  { applying: { catalogue } }: Job,
  sql: string,
): Promise<string | undefined> => {
  const { parameters } = await readQuery(sql)
  try {
    await rolledBack(catalogue, () => explainQuery(catalogue, { sql, parameters }))
    return undefined
  } catch (thrown) {
    if (thrown instanceof OpsError && thrown.state !== undefined) return thrown.state
    throw thrown
  }
}

const mendDrift = async (job: Job, sql?: string): Promise<Attempt[]> => {
  const expected = await expectedHere(job.applying.catalogue, job.options.expected)
  if (!expected) return []
  const all = await findDrift(job.applying.catalogue, expected)
  const drifts = sql === undefined ? all : await concerning(sql, all)
  return mendSchema(job.applying, expected, { drifts, mayApply: job.request.apply })
}

/** Of all that is missing, what belongs to the tables that a query names. */
const concerning = async (sql: string, drifts: readonly Drift[]): Promise<Drift[]> => {
  const { tables } = await readQuery(sql)
  const names = new Set(tables.map(({ path }) => path.at(-1)))
  return drifts.filter(({ table }) => names.has(table.name))
}

const speedUp = async ({ applying, request, limits }: Job, sql: string): Promise<Attempt[]> => {
  const { catalogue } = applying
  const { parameters } = await readQuery(sql)
  const found =
    request.index === undefined
      ? (await suggestIndexes(catalogue, sql, limits)).suggestions
      : [await readIndex(catalogue, request.index)]
  const attempts: Attempt[] = []
  for (const index of found) {
    const plan = { ...index, query: { sql, parameters } }
    attempts.push(request.apply ? await tryIndex(applying, plan, limits) : proposeIndex(plan))
  }
  return attempts
}
