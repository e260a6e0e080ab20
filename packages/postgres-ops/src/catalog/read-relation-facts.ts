import { z } from 'zod'
import { byName, type CatalogFacts } from '../guard/catalog-facts.ts'
import type { ReadRows } from './read-rows.ts'

/** What changes with the schema: relations, what may be done with them, and their constraints. */
export type RelationFacts = Pick<CatalogFacts, 'relations' | 'constraintIndexes'>

const RELATIONS = `
  select json_build_object('name', c.relname, 'schema', n.nspname, 'kind', c.relkind,
    'extension', coalesce((select e.extname from pg_catalog.pg_depend d
      join pg_catalog.pg_extension e on e.oid = d.refobjid
      where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'), ''),
    'isReadable', has_any_column_privilege(c.oid, 'SELECT'),
    'notNull', array(select a.attname::text from pg_catalog.pg_attribute a
      where a.attrelid = c.oid and a.attnotnull and a.attnum > 0 and not a.attisdropped))::text
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where n.nspname = any ($1::text[]) and c.relkind in ('r', 'p', 'v', 'm', 'f')`
const CONSTRAINT_INDEXES = `
  select json_build_object('name', c.relname, 'schema', n.nspname)::text
  from pg_catalog.pg_constraint k
  join pg_catalog.pg_class c on c.oid = k.conindid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where n.nspname = any ($1::text[])`

const relation = z.object({
  name: z.string(),
  schema: z.string(),
  kind: z.string(),
  extension: z.string(),
  isReadable: z.boolean(),
  notNull: z.array(z.string()),
})
const index = z.object({ name: z.string(), schema: z.string() })

/** Reads what the guard knows of the relations of these schemas, as the login role may use them. */
export const readRelationFacts = async (
  read: ReadRows,
  schemas: readonly string[],
): Promise<RelationFacts> => {
  const params = [JSON.stringify(schemas).replace(/^\[(.*)\]$/s, '{$1}')]
  const relations = await read(RELATIONS, relation, params)
  return {
    relations: byName(
      relations.map(({ extension, ...rest }) => (extension === '' ? rest : { ...rest, extension })),
    ),
    constraintIndexes: await read(CONSTRAINT_INDEXES, index, params),
  }
}
