import { z } from 'zod'
import { readJson, type Catalogue } from './catalogue.ts'

const count = z.number().int().nonnegative()

/** What a database is like, whether something is wrong or not. */
export const measures = z.object({
  version: z.string().describe('of PostgreSQL'),
  databaseBytes: count,
  tables: count,
  connections: z.record(z.string(), count).describe('sessions of this database by state'),
  longestTransactionMs: count.optional().describe('of other sessions; absent when there is none'),
  cacheHitRatio: z
    .number()
    .optional()
    .describe('blocks found in memory; absent before any was read'),
})
export type Measures = z.output<typeof measures>

const MEASURES = `
  select json_strip_nulls(json_build_object(
    'version', current_setting('server_version'),
    'databaseBytes', pg_database_size(current_database()),
    'tables', (select count(*) from pg_catalog.pg_stat_user_tables),
    'connections', (select coalesce(json_object_agg(state, sessions), '{}') from (
      select coalesce(state, 'hidden') as state, count(*) as sessions from pg_catalog.pg_stat_activity
      where datname = current_database() and coalesce(backend_type, 'client backend') = 'client backend' group by 1) states),
    'longestTransactionMs', (
      select floor(extract(epoch from max(clock_timestamp() - xact_start)) * 1000) from pg_catalog.pg_stat_activity
      where datname = current_database() and coalesce(backend_type, 'client backend') = 'client backend' and pid <> pg_backend_pid()),
    'cacheHitRatio', (
      select round(blks_hit::numeric / nullif(blks_hit + blks_read, 0), 4) from pg_catalog.pg_stat_database
      where datname = current_database())))::text`

/** Looks at the size and the use of the connected database. */
export const measureDatabase = async (catalogue: Catalogue): Promise<Measures> => {
  const [found] = await readJson(catalogue, { sql: MEASURES, row: measures })
  if (!found) throw new Error('PostgreSQL gave no measures')
  return found
}
