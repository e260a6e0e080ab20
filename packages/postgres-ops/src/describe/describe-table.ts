import { z } from 'zod'
import type { ReadRows } from '../catalog/read-rows.ts'
import { KIND_SQL } from './list-tables.ts'

const DESCRIPTION = `
  select json_build_object('schema', n.nspname, 'name', c.relname, 'kind', ${KIND_SQL},
    'rowEstimate', greatest(c.reltuples, 0)::bigint, 'bytes', pg_total_relation_size(c.oid),
    'comment', coalesce(obj_description(c.oid, 'pg_class'), ''),
    'rowSecurity', json_build_object('enabled', c.relrowsecurity, 'forced', c.relforcerowsecurity),
    'columns', array(
      select json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
        'isNullable', not a.attnotnull, 'default', coalesce(pg_get_expr(d.adbin, d.adrelid), ''),
        'comment', coalesce(col_description(c.oid, a.attnum), ''))
      from pg_catalog.pg_attribute a
      left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum),
    'constraints', array(
      select json_build_object('name', k.conname, 'definition', pg_get_constraintdef(k.oid),
        'isValidated', k.convalidated)
      from pg_catalog.pg_constraint k where k.conrelid = c.oid order by k.contype, k.conname),
    'indexes', array(
      select json_build_object('name', x.relname, 'definition', pg_get_indexdef(i.indexrelid),
        'isValid', i.indisvalid, 'bytes', pg_relation_size(i.indexrelid))
      from pg_catalog.pg_index i join pg_catalog.pg_class x on x.oid = i.indexrelid
      where i.indrelid = c.oid order by x.relname),
    'policies', array(
      select json_build_object('name', p.polname, 'isPermissive', p.polpermissive,
        'using', coalesce(pg_get_expr(p.polqual, p.polrelid), ''),
        'withCheck', coalesce(pg_get_expr(p.polwithcheck, p.polrelid), ''))
      from pg_catalog.pg_policy p where p.polrelid = c.oid order by p.polname))::text
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relname = $2 and c.relkind in ('r', 'p', 'v', 'm', 'f')`

/** Everything about a table that its schema says, as it crosses the wire. */
export const tableDescription = z.object({
  schema: z.string(),
  name: z.string(),
  kind: z.string(),
  rowEstimate: z.number().int(),
  bytes: z.number().int(),
  comment: z.string(),
  rowSecurity: z.object({ enabled: z.boolean(), forced: z.boolean() }),
  columns: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      isNullable: z.boolean(),
      default: z.string(),
      comment: z.string(),
    }),
  ),
  constraints: z.array(
    z.object({ name: z.string(), definition: z.string(), isValidated: z.boolean() }),
  ),
  indexes: z.array(
    z.object({
      name: z.string(),
      definition: z.string(),
      isValid: z.boolean(),
      bytes: z.number().int(),
    }),
  ),
  policies: z.array(
    z.object({
      name: z.string(),
      isPermissive: z.boolean(),
      using: z.string(),
      withCheck: z.string(),
    }),
  ),
})

/** Everything about a table that its schema says: columns in their order, the rest by name. */
export type TableDescription = z.output<typeof tableDescription>

/** Describes a relation; `undefined` where there is none of that name. */
export const describeTable = async (
  read: ReadRows,
  { schema, table }: { readonly schema: string; readonly table: string },
): Promise<TableDescription | undefined> => {
  const [found] = await read(DESCRIPTION, tableDescription, [schema, table])
  return found
}
