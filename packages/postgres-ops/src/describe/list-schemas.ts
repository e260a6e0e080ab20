import { z } from 'zod'
import type { ReadRows } from '../catalog/read-rows.ts'
import { toArrayText } from '../connection/quote.ts'

const SCHEMAS = `
  select json_build_object('name', n.nspname, 'tables', (
      select count(*) from pg_catalog.pg_class c
      where c.relnamespace = n.oid and c.relkind in ('r', 'p', 'v', 'm', 'f')),
    'isPermitted', n.nspname = any ($1::text[]),
    'comment', coalesce(obj_description(n.oid, 'pg_namespace'), ''))::text
  from pg_catalog.pg_namespace n
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  order by n.nspname
  limit 1000`

/** A schema, as it crosses the wire. */
export const schemaSummary = z.object({
  name: z.string(),
  tables: z.number().int(),
  isPermitted: z.boolean(),
  comment: z.string(),
})

/** A schema of the database. */
export type SchemaSummary = z.output<typeof schemaSummary>

/** The schemas that users made, by name, at most 1,000. */
export const listSchemas = (
  read: ReadRows,
  permitted: readonly string[],
): Promise<SchemaSummary[]> => read(SCHEMAS, schemaSummary, [toArrayText(permitted)])
