import { z } from 'zod'
import { quoteName, readJson, toTextArray, type Catalogue } from '../health/catalogue.ts'
import type { QueryShape } from './read-query.ts'

const table = z.object({
  schema: z.string(),
  name: z.string(),
  columns: z.array(z.string()),
  bytes: z.number(),
  isOwn: z.boolean(),
  isPartitioned: z.boolean(),
  indexNames: z.array(z.string()),
})

/** A table that a query names, as the catalogue knows it. */
export interface QueryTable extends z.output<typeof table> {
  readonly alias: string
}

const TABLES = `
  select json_build_object('schema', n.nspname, 'name', c.relname, 'bytes', pg_table_size(c.oid),
    'isOwn', pg_has_role(c.relowner, 'USAGE'), 'isPartitioned', c.relkind = 'p', 'place', asked.place,
    'columns', array(select a.attname from pg_catalog.pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
    'indexNames', array(select x.relname from pg_catalog.pg_class x where x.relnamespace = n.oid))::text
  from unnest($1::text[]) with ordinality as asked (path, place)
  join pg_catalog.pg_class c on c.oid = to_regclass(asked.path) and c.relkind in ('r', 'p', 'm')
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace and n.nspname !~ '^pg_'`

/** The tables of a query. Views and names of `with` are not among them. */
export const readTables = async (
  catalogue: Catalogue,
  { tables }: Pick<QueryShape, 'tables'>,
): Promise<QueryTable[]> => {
  const params = [toTextArray(tables.map(({ path }) => quoteName(...path)))]
  const rows = await readJson(catalogue, {
    sql: TABLES,
    params,
    row: table.extend({ place: z.number() }),
  })
  return rows.map(({ place, ...rest }) => ({
    ...rest,
    alias: tables[place - 1]?.alias ?? rest.name,
  }))
}
