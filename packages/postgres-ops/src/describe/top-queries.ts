import { z } from 'zod'
import type { ReadRows } from '../catalog/read-rows.ts'
import { quoteName } from '../connection/quote.ts'

const WHERE_IT_IS = `
  select json_build_object('schema', n.nspname, 'version', e.extversion)::text
  from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace
  where e.extname = 'pg_stat_statements'`

const statistics = (schema: string): string => `
  select json_build_object('query', left(s.query, 2000), 'calls', s.calls,
    'totalMs', round(s.total_exec_time::numeric, 3), 'meanMs', round(s.mean_exec_time::numeric, 3),
    'rows', s.rows)::text
  from ${quoteName(schema)}.pg_stat_statements s
  where s.dbid = (select oid from pg_catalog.pg_database where datname = current_database())
  order by s.total_exec_time desc, s.queryid
  limit $1`

/** A statement that was run often or long, as it crosses the wire. */
export const topQuery = z.object({
  query: z.string(),
  calls: z.number(),
  totalMs: z.number(),
  meanMs: z.number(),
  rows: z.number(),
})

/** What PostgreSQL remembers of a statement; its constants were replaced by PostgreSQL. */
export type TopQuery = z.output<typeof topQuery>

/**
 * The statements that took most time altogether, the longest first. Only those of the login role have
 * a text unless it is a member of `pg_read_all_stats`. `undefined` where pg_stat_statements is not
 * installed.
 */
export const topQueries = async (
  read: ReadRows,
  limit: number,
): Promise<TopQuery[] | undefined> => {
  const [found] = await read(WHERE_IT_IS, z.object({ schema: z.string() }))
  return found && read(statistics(found.schema), topQuery, [String(limit)])
}
