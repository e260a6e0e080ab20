import type { JsonValue } from '@athena-memory/operations'
import type { OpsContext } from '../ops-context.ts'
import { OpsError } from '../ops-error.ts'
import { MAX_RESULT_BYTES, UNTRUSTED } from './query.ts'
import { readResult } from './read-result.ts'
import { runGuarded } from './run-guarded.ts'
import type { JsonRow } from './to-json-row.ts'
import { toParameters } from './to-parameters.ts'

/** How a statement that writes rows is run. */
export interface ExecuteOptions {
  /** Values for `$1`, `$2`, ... */
  readonly params?: readonly JsonValue[]
  /** Run it, say what it did, and take it back. */
  readonly dryRun?: boolean
  /** Taken back when it changes more rows than this. Default 1,000, at most 100,000. */
  readonly maxRows?: number
  /** Default 5,000, at most 60,000. */
  readonly timeoutMs?: number
  /** Stops the statement on the server. */
  readonly signal?: AbortSignal
}

/** What a statement that writes rows did. */
export interface ExecuteResult {
  readonly affectedRows: number
  readonly dryRun: boolean
  /** What RETURNING returned. */
  readonly rows: readonly JsonRow[]
  readonly untrusted: typeof UNTRUSTED
}

/** Runs a statement that writes rows, and keeps what it did if it changed no more than it may. */
export const runExecute = (
  context: OpsContext,
  sql: string,
  options: ExecuteOptions = {},
): Promise<ExecuteResult> =>
  runGuarded(context, { tool: 'execute', sql }, async (statement) => {
    const { dryRun = false } = options
    const { rows, affectedRows } = await change(context, statement.sql, options)
    const result = { affectedRows, dryRun, rows, untrusted: UNTRUSTED } as const
    return { result, rows: affectedRows }
  })

const change = (context: OpsContext, sql: string, options: ExecuteOptions) => {
  const { params = [], dryRun = false, timeoutMs = 5000, signal } = options
  const maxRows = Math.min(options.maxRows ?? 1000, 100_000)
  const limits = { timeoutMs: Math.min(timeoutMs, 60_000), signal }
  return context.transaction({ mode: 'read write', ...limits }, async (connection) => {
    const caps = { maxRows, maxBytes: MAX_RESULT_BYTES }
    const read = await readResult(connection, { sql, params: toParameters(params), caps })
    // With RETURNING, a result that was not read to its end has no count.
    if (read.truncated && read.rows.length < maxRows) {
      throw new OpsError('refused', 'taken back: RETURNING returns too much; return less')
    }
    const affectedRows = Math.max(read.count, read.rows.length)
    if (read.truncated || affectedRows > maxRows) {
      throw new OpsError('refused', `taken back: more than ${maxRows} rows would change`)
    }
    return { result: { ...read, affectedRows }, keep: !dryRun }
  })
}
