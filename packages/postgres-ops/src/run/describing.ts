import { beginCall } from '../audit/write-call.ts'
import type { ReadRows } from '../catalog/read-rows.ts'
import type { OpsContext } from '../ops-context.ts'
import { failureOf } from './run-guarded.ts'

/** Runs a tool that takes no statement, and writes the call down. */
export const describing = async <Result>(
  context: OpsContext,
  tool: string,
  work: (read: ReadRows) => Promise<Result>,
): Promise<Result> => {
  const write = beginCall(context)
  const call = { tool, statement: '', rows: 0 }
  try {
    const result = await context.inspect(work)
    const rows = Array.isArray(result) ? result.length : Number(result !== undefined)
    await write({ ...call, verdict: 'allowed', reason: 'it takes no statement', rows })
    return result
  } catch (thrown) {
    await write({ ...call, ...failureOf(thrown) })
    throw thrown
  }
}
