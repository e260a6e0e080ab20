import { beginCall } from '../audit/write-call.ts'
import type { Statement } from '../guard/parse-statement.ts'
import type { Tool } from '../guard/judge-statement.ts'
import { judgeCall } from '../judge-call.ts'
import type { OpsContext } from '../ops-context.ts'
import { OpsError } from '../ops-error.ts'

/** What a call left: its result, and how many rows it returned or changed. */
export interface Done<Result> {
  readonly result: Result
  readonly rows: number
}

/** A call of a tool. */
export interface Call {
  readonly tool: Tool
  readonly sql: string
}

/**
 * Judges a statement, runs `work` only if it is allowed, and writes the call down either way.
 * @throws OpsError with `refused`, or what `work` threw
 */
export const runGuarded = async <Result>(
  context: OpsContext,
  { tool, sql }: Call,
  work: (statement: Statement) => Promise<Done<Result>>,
): Promise<Result> => {
  const write = beginCall(context)
  const { allowed, reason, normalised, statement } = await judgeCall(context, tool, sql)
  const call = { tool, statement: normalised, rows: 0 }
  if (!allowed || !statement) {
    await write({ ...call, verdict: 'refused', reason })
    throw new OpsError('refused', `refused: ${reason}`)
  }
  const done = await work(statement).catch(async (thrown: unknown) => {
    await write({ ...call, ...failureOf(thrown) })
    throw thrown
  })
  await write({ ...call, verdict: 'allowed', reason, rows: done.rows })
  return done.result
}

/** How a call that failed is written down. */
export const failureOf = (thrown: unknown) => {
  const isRefused = thrown instanceof OpsError && thrown.code === 'refused'
  const verdict = isRefused ? ('refused' as const) : ('failed' as const)
  return { verdict, reason: thrown instanceof OpsError ? thrown.message : 'unexpected error' }
}
