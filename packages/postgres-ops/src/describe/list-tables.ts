import { z } from 'zod'
import type { ReadRows } from '../catalog/read-rows.ts'

/** What relations are called here, by `pg_class.relkind`. */
export const KIND_SQL = `case c.relkind when 'r' then 'table' when 'p' then 'partitioned table'
  when 'v' then 'view' when 'm' then 'materialized view' else 'foreign table' end`

const TABLES = `
  select json_build_object('name', c.relname, 'kind', ${KIND_SQL},
    'rowEstimate', greatest(c.reltuples, 0)::bigint, 'bytes', pg_total_relation_size(c.oid),
    'rowSecurity', c.relrowsecurity, 'comment', coalesce(obj_description(c.oid, 'pg_class'), ''))::text
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relname > $2
  order by c.relname
  limit $3`

/** A relation in a list, as it crosses the wire. */
export const tableSummary = z.object({
  name: z.string(),
  kind: z.string(),
  rowEstimate: z.number().int(),
  bytes: z.number().int(),
  rowSecurity: z.boolean(),
  comment: z.string(),
})

/** A table, view or other relation. */
export type TableSummary = z.output<typeof tableSummary>

/** Where to begin in a list of tables, and how many to take. */
export interface TablePage {
  readonly schema: string
  /** The name after which to go on. */
  readonly after: string
  readonly limit: number
}

/** The relations of a schema, by name. */
export const listTables = (
  read: ReadRows,
  { schema, after, limit }: TablePage,
): Promise<TableSummary[]> => read(TABLES, tableSummary, [schema, after, String(limit)])
