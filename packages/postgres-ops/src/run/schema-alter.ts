import { z } from 'zod'
import { createReadRows } from '../catalog/read-rows.ts'
import type { Connection } from '../connection/connection.ts'
import { settingsSql, stoppable } from '../connection/in-transaction.ts'
import { quoteName } from '../connection/quote.ts'
import type { Statement } from '../guard/parse-statement.ts'
import { fieldsOf, textOf } from '../guard/tree-value.ts'
import type { OpsContext } from '../ops-context.ts'
import { runGuarded } from './run-guarded.ts'

/** How a change of the schema is run. */
export interface SchemaAlterOptions {
  /** Run it and take it back. An index is then not built CONCURRENTLY, and writers wait meanwhile. */
  readonly dryRun?: boolean
  /** Default 60,000, at most 3,600,000; locks are waited for 2 s. */
  readonly timeoutMs?: number
  /** Stops the statement on the server. */
  readonly signal?: AbortSignal
}

/** What a change of the schema did. */
export interface SchemaAlterResult {
  readonly applied: boolean
  readonly dryRun: boolean
}

/** Changes the schema by one statement that loses nothing. */
export const runSchemaAlter = (
  context: OpsContext,
  ddl: string,
  options: SchemaAlterOptions = {},
): Promise<SchemaAlterResult> =>
  runGuarded(context, { tool: 'schema_alter', sql: ddl }, async (statement) => {
    const { dryRun = false, signal } = options
    const limits = { timeoutMs: Math.min(options.timeoutMs ?? 60_000, 3_600_000), signal }
    const isConcurrent = statement.fields['concurrent'] === true
    if (isConcurrent && !dryRun) await runConcurrently(context, statement, limits)
    else {
      await context.transaction({ mode: 'read write', ...limits }, async (connection) => {
        await connection.run(isConcurrent ? withoutConcurrently(statement) : statement.sql)
        return { result: undefined, keep: !dryRun }
      })
    }
    context.forgetRelations()
    return { result: { applied: !dryRun, dryRun }, rows: 0 }
  })

/** Blanks the word out, which no transaction can hold. */
const withoutConcurrently = ({ sql, tokens }: Statement): string => {
  const token = tokens.find(({ text }) => text.toLowerCase() === 'concurrently')
  if (!token) return sql
  const bytes = Buffer.from(sql)
  return Buffer.concat([bytes.subarray(0, token.start), bytes.subarray(token.end)]).toString()
}

/** Outside of any transaction, on a connection that is not used again for anything else. */
const runConcurrently = (
  { pool, session }: OpsContext,
  statement: Statement,
  limits: { readonly timeoutMs: number; readonly signal: AbortSignal | undefined },
): Promise<void> =>
  pool.lend(async (connection) => {
    connection.retire()
    await stoppable(connection, limits, async () => {
      await connection.command(settingsSql(session, limits.timeoutMs, 'set'))
      const before = await invalidIndexes(connection, statement)
      try {
        await connection.run(statement.sql)
      } catch (thrown) {
        const after = await invalidIndexes(connection, statement)
        for (const name of after.filter((one) => !before.includes(one))) {
          await connection.command(`drop index concurrently if exists ${name}`)
        }
        throw thrown
      }
    })
  })

const INVALID = `
  select to_json(format('%I.%I', n.nspname, c.relname))::text
  from pg_catalog.pg_index i
  join pg_catalog.pg_class c on c.oid = i.indexrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where not i.indisvalid and i.indrelid = to_regclass($1)`

/** The indexes of the table that a failed build left behind; none where no index is built. */
const invalidIndexes = async (
  connection: Connection,
  { kind, fields }: Statement,
): Promise<string[]> => {
  if (kind !== 'IndexStmt') return []
  const { schemaname, relname } = fieldsOf(fields['relation'])
  const path = [textOf(schemaname), textOf(relname)].filter((name) => name !== '')
  return createReadRows(connection)(INVALID, z.string(), [path.map(quoteName).join('.')])
}
