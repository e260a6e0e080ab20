import { z } from 'zod'
import { quoteName, readJson, type Catalogue } from '../health/catalogue.ts'
import { OpsError } from '../ops-error.ts'

/**
 * The statements on which the server spent most time, literals replaced by parameters.
 *
 * @throws OpsError `refused` without pg_stat_statements
 */
export const readTopStatements = async (catalogue: Catalogue, limit: number): Promise<string[]> => {
  const [schema] = await catalogue.query(`
    select n.nspname::text from pg_catalog.pg_extension e
    join pg_catalog.pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_stat_statements'`)
  if (typeof schema !== 'string') {
    throw new OpsError(
      'refused',
      'sql: expected a query, as pg_stat_statements is not installed here',
    )
  }
  const sql = `
    select to_json(query)::text from ${quoteName(schema, 'pg_stat_statements')}
    where dbid = (select oid from pg_catalog.pg_database where datname = current_database())
      and query ~* '^\\s*(select|with|update|delete)'
    order by total_exec_time desc limit $1::int`
  const texts = await readJson(catalogue, { sql, params: [String(limit)], row: z.string() })
  return texts.map(castParameters)
}

// Where a literal had its type before it, the parameter that took its place is not SQL.
const castParameters = (text: string): string =>
  text.replaceAll(/\b(interval|date|time|timestamp|timestamptz)\s+(\$\d+)/gi, '$2::$1')
