import type { ReadRows } from './catalog/read-rows.ts'
import { createUpkeep, type Upkeep } from './create-upkeep.ts'
import { describeTable, type TableDescription } from './describe/describe-table.ts'
import { listSchemas, type SchemaSummary } from './describe/list-schemas.ts'
import { listTables, type TableSummary } from './describe/list-tables.ts'
import { topQueries, type TopQuery } from './describe/top-queries.ts'
import type { Tool } from './guard/judge-statement.ts'
import type { Verdict } from './guard/refusal.ts'
import { judgeCall } from './judge-call.ts'
import { openContext } from './ops-context.ts'
import { toSettings, type Level, type PostgresOpsOptions } from './ops-settings.ts'
import { runExecute, type ExecuteOptions, type ExecuteResult } from './run/execute.ts'
import { describing } from './run/describing.ts'
import { runExplain, runQuery, type ExplainOptions, type ExplainResult } from './run/query.ts'
import type { QueryOptions, QueryResult } from './run/query.ts'
import {
  runSchemaAlter,
  type SchemaAlterOptions,
  type SchemaAlterResult,
} from './run/schema-alter.ts'

/** A PostgreSQL database as agents may use it. What it throws is an `OpsError`. */
export interface PostgresOps extends Upkeep {
  readonly level: Level
  /** Whether a statement may run, and why. Runs nothing of it. */
  judge(call: { readonly tool: Tool; readonly sql: string }): Promise<Verdict>
  /** Runs one statement that reads. */
  query(sql: string, options?: QueryOptions): Promise<QueryResult>
  /** The plan of a statement that reads. */
  explain(sql: string, options?: ExplainOptions): Promise<ExplainResult>
  /** Runs one statement that writes rows. */
  execute(sql: string, options?: ExecuteOptions): Promise<ExecuteResult>
  /** Changes the schema by one statement that loses nothing. */
  schemaAlter(ddl: string, options?: SchemaAlterOptions): Promise<SchemaAlterResult>
  /** The schemas that users made, by name. */
  listSchemas(): Promise<SchemaSummary[]>
  /** The relations of a schema, by name; at most `limit`, default 200, after the name `after`. */
  listTables(options?: {
    readonly schema?: string
    readonly after?: string
    readonly limit?: number
  }): Promise<TableSummary[]>
  /** A relation; `undefined` where there is none of that name. `schema` is the first permitted one by default. */
  describeTable(
    table: string,
    options?: { readonly schema?: string },
  ): Promise<TableDescription | undefined>
  /** The statements that took most time; `undefined` without pg_stat_statements. `limit` is 20 by default. */
  topQueries(options?: { readonly limit?: number }): Promise<TopQuery[] | undefined>
  /** Lets `work` run its own statements that read, all of one transaction that only reads. Not for agents. */
  inspect<Result>(work: (read: ReadRows) => Promise<Result>): Promise<Result>
  /** How many connections are open, lent and waited for. */
  poolStats(): { readonly open: number; readonly lent: number; readonly waiting: number }
  close(): Promise<void>
}

/**
 * Opens a database for agents with a login role of its own, for what `level` grants.
 *
 * @throws OpsError with `unsafe-role` where the role is superuser, passes over row security or reads
 *   the server's files, or `unavailable`
 */
export const openPostgresOps = async (options: PostgresOpsOptions): Promise<PostgresOps> => {
  const context = await openContext(toSettings(options))
  const { policy, level } = context.settings
  const [firstSchema = 'public'] = policy.schemas
  return {
    ...createUpkeep(context),
    level,
    async judge({ tool, sql }) {
      const { allowed, reason } = await judgeCall(context, tool, sql)
      return { allowed, reason }
    },
    query: (sql, given) => runQuery(context, sql, given),
    explain: (sql, given) => runExplain(context, sql, given),
    execute: (sql, given) => runExecute(context, sql, given),
    schemaAlter: (ddl, given) => runSchemaAlter(context, ddl, given),
    listSchemas: () =>
      describing(context, 'list_schemas', (read) => listSchemas(read, policy.schemas)),
    listTables: ({ schema = firstSchema, after = '', limit = 200 } = {}) =>
      describing(context, 'list_tables', (read) => listTables(read, { schema, after, limit })),
    describeTable: (table, { schema = firstSchema } = {}) =>
      describing(context, 'describe_table', (read) => describeTable(read, { schema, table })),
    topQueries: ({ limit = 20 } = {}) =>
      describing(context, 'top_queries', (read) => topQueries(read, limit)),
    inspect: context.inspect,
    poolStats: context.pool.stats,
    close: context.pool.close,
  }
}
