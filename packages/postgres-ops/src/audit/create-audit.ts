import { z } from 'zod'
import type { ReadRows } from '../catalog/read-rows.ts'
import type { Pool } from '../connection/pool.ts'
import type { Audit, AuditedCall } from './audited-call.ts'

const INSERT = `
  insert into athena_ops.calls
    (at, actor, tenant_id, tool, statement, verdict, reason, rows, duration_ms)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

const HAS_TABLE = `
  select to_json(coalesce(has_any_column_privilege(to_regclass('athena_ops.calls'), 'INSERT'), false))::text
  where has_schema_privilege(to_regnamespace('athena_ops'), 'USAGE')`

/** Whether there is a table for calls that the login role may add to. */
export const hasAuditTable = async (read: ReadRows): Promise<boolean> => {
  const [has] = await read(HAS_TABLE, z.boolean())
  return has === true
}

/** Writes calls into the table that the script of the roles makes; the role is filled in there. */
export const auditToTable =
  (pool: Pool): Audit =>
  (call) =>
    pool.lend(async (connection) => {
      try {
        await connection.command('begin read write')
        await connection.run(INSERT, { params: toParameters(call) })
        await connection.command('commit')
      } catch (thrown) {
        if (!connection.isSpent()) await connection.command('rollback')
        throw thrown
      }
    })

const toParameters = (call: AuditedCall): (string | null)[] => [
  call.at.toISOString(),
  call.actor,
  call.tenantId ?? null,
  call.tool,
  call.statement,
  call.verdict,
  call.reason,
  String(call.rows),
  String(Math.round(call.durationMs)),
]

/** Writes calls to standard error, one JSON object a line: for databases without the table. */
export const auditToStandardError: Audit = async (call) => {
  process.stderr.write(`${JSON.stringify({ postgresOps: call })}\n`)
}
