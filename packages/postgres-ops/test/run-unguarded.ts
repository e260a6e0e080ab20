import { openConnection } from '../src/connection/connection.ts'
import { inTransaction } from '../src/connection/in-transaction.ts'
import { TENANT } from './open-world.ts'

/** Runs a statement as it comes, past the guard, and gives what it showed. */
export const runUnguarded = async (
  url: string,
  sql: string,
  mode: 'read only' | 'read write',
): Promise<string> => {
  const connection = openConnection({ url, applicationName: 'layers' })
  const shown: string[] = []
  const session = { schemas: ['public'], tenant: TENANT }
  const work = async () => {
    await connection.run(sql, {
      onRows: (rows) => {
        shown.push(...rows.flat().map(String))
        return shown.length < 1000
      },
    })
    // What reads is always taken back, as by query.
    return { result: undefined, keep: mode === 'read write' }
  }
  await inTransaction(connection, { mode, session, timeoutMs: 150 }, work).catch(() => undefined)
  await connection.close()
  return shown.join('\n')
}
