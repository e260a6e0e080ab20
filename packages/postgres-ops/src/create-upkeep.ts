import { beginCall } from './audit/write-call.ts'
import { MAX_RECEIVED_BYTES, settingsSql } from './connection/in-transaction.ts'
import type { Attempt } from './healing/attempt.ts'
import type { HealingContext } from './healing/healing-operations.ts'
import { createCatalogue } from './health/catalogue.ts'
import type { HealthContext } from './health/health-operations.ts'
import { judgeCall } from './judge-call.ts'
import { INSPECT_TIMEOUT_MS, type OpsContext } from './ops-context.ts'

/** What looks after a database needs: a connection of its own, and the guard's word on every statement. */
export type Upkeep = HealthContext & HealingContext

/** Health and healing over an open database. */
export const createUpkeep = (context: OpsContext): Upkeep => {
  const { level, expected } = context.settings
  return {
    // Not in a transaction: an index that is built beside its table's writers must not be in one.
    withCatalogue: (work) =>
      context.pool.lend(async (connection) => {
        connection.allowBytes(MAX_RECEIVED_BYTES)
        try {
          await connection.command(settingsSql(context.session, INSPECT_TIMEOUT_MS, 'set'))
          return await work(createCatalogue(connection))
        } finally {
          // What was set for this stays with no one else.
          connection.retire()
          context.forgetRelations()
        }
      }),
    healthOptions: () => ({ pool: context.pool.stats(), ...(expected ? { expected } : {}) }),
    healOptions: () => ({
      mayAlter: level === 'alter',
      judge: (ddl) => judgeCall(context, 'schema_alter', ddl),
      record: (attempt) => record(context, attempt),
      ...(expected ? { expected } : {}),
    }),
    judgeQuery: (sql) => judgeCall(context, 'explain', sql),
  }
}

const record = async (context: OpsContext, attempt: Attempt): Promise<void> => {
  for (const statement of attempt.statements) {
    const { normalised } = await judgeCall(context, 'schema_alter', statement)
    const verdict = VERDICTS[attempt.status]
    const call = { tool: 'heal', statement: normalised, verdict, reason: attempt.status, rows: 0 }
    await beginCall(context)(call)
  }
}

const VERDICTS = {
  proposed: 'refused',
  blocked: 'refused',
  refused: 'refused',
  failed: 'failed',
  undone: 'allowed',
  mended: 'allowed',
} as const satisfies Record<Attempt['status'], string>
