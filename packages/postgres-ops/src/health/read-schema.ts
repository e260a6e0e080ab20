import { z } from 'zod'
import { readJson, rolledBack, toTextArray, type Catalogue } from './catalogue.ts'
import type { ExpectedTable } from './expected-schema.ts'

const text = z.string().nullable()
const objects = z.array(z.object({ name: z.string(), definition: z.string() }))
const table = z.object({
  schema: z.string(),
  name: z.string(),
  columns: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      isRequired: z.boolean(),
      expression: text,
      isGenerated: z.boolean(),
      identity: z.enum(['always', 'by default']).nullable(),
    }),
  ),
  indexes: objects,
  constraints: objects,
  policies: objects,
  rowSecurity: z.enum(['none', 'enabled', 'forced']),
})

const TABLES = `
  select json_build_object('schema', n.nspname, 'name', c.relname,
    'columns', (
      select coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
        'isRequired', a.attnotnull, 'expression', pg_get_expr(d.adbin, d.adrelid), 'isGenerated', a.attgenerated <> '',
        'identity', case a.attidentity when 'a' then 'always' when 'd' then 'by default' end) order by a.attnum), '[]')
      from pg_catalog.pg_attribute a
      left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
    'indexes', (
      select coalesce(json_agg(json_build_object('name', x.relname, 'definition', pg_get_indexdef(i.indexrelid))
        order by x.relname), '[]')
      from pg_catalog.pg_index i join pg_catalog.pg_class x on x.oid = i.indexrelid
      where i.indrelid = c.oid and i.indisvalid
        and not exists (select 1 from pg_catalog.pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))),
    'constraints', (
      select coalesce(json_agg(json_build_object('name', k.conname, 'definition', pg_get_constraintdef(k.oid))
        order by position(k.contype in 'puxcf'), k.conname), '[]')
      from pg_catalog.pg_constraint k where k.conrelid = c.oid and k.contype in ('p', 'u', 'x', 'c', 'f')),
    'policies', (
      select coalesce(json_agg(json_build_object('name', p.polname, 'definition', concat_ws(' ',
        case when p.polpermissive then 'as permissive for' else 'as restrictive for' end,
        case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
        'to', (select string_agg(coalesce(quote_ident(r.rolname), 'public'), ', ' order by r.rolname)
          from unnest(p.polroles) member left join pg_catalog.pg_roles r on r.oid = member),
        'using (' || pg_get_expr(p.polqual, p.polrelid) || ')',
        'with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')) order by p.polname), '[]')
      from pg_catalog.pg_policy p where p.polrelid = c.oid),
    'rowSecurity', case when not c.relrowsecurity then 'none' when c.relforcerowsecurity then 'forced' else 'enabled' end)::text
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and n.nspname = any ($1::text[])
  order by n.nspname, c.relname`

/**
 * The tables of these schemas, by name, with every name in them written with its schema. Indexes that
 * were not built to their end do not count.
 */
export const readSchema = async (
  catalogue: Catalogue,
  schemas: readonly string[],
): Promise<ExpectedTable[]> => {
  const tables = await rolledBack(catalogue, async () => {
    // Without a search path PostgreSQL writes the schema to every name.
    await catalogue.query("set local search_path = ''")
    return readJson(catalogue, { sql: TABLES, params: [toTextArray(schemas)], row: table })
  })
  return tables.map((found) => ({
    ...found,
    columns: found.columns.map(({ expression, isGenerated, identity, ...column }) => ({
      ...column,
      ...(expression !== null && { expression }),
      ...(isGenerated && { isGenerated }),
      ...(identity !== null && { identity }),
    })),
  }))
}
