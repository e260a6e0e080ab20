import { z } from 'zod'
import { byName, type CatalogFacts } from '../guard/catalog-facts.ts'
import type { ReadRows } from './read-rows.ts'

/** What does not change while agents work: functions, operators, types. */
export type CodeFacts = Pick<
  CatalogFacts,
  'functions' | 'operators' | 'types' | 'operatorClasses' | 'systemRelations'
>

const named = { name: z.string(), schema: z.string(), isBuiltIn: z.boolean() }
const extension = z.string().optional()
const operator = z.object({ ...named, extension, isVolatile: z.boolean() })

// What initdb makes has an oid below 16384.
const SELECTED = (name: string): string =>
  `'name', ${name}, 'schema', n.nspname, 'isBuiltIn', bool_and(n.nspname = 'pg_catalog' and x.oid < 16384)`
const EXTENSION = (catalogue: string): string => `
  left join pg_catalog.pg_depend d on d.classid = 'pg_catalog.${catalogue}'::regclass and d.objid = x.oid
    and d.deptype = 'e'
  left join pg_catalog.pg_extension e on e.oid = d.refobjid`

const FUNCTIONS = `
  select json_strip_nulls(json_build_object(${SELECTED('x.proname')}, 'extension', e.extname,
    'isVolatile', bool_or(x.provolatile = 'v'),
    'takesRow', bool_or(x.pronargs >= 1 and x.pronargs - x.pronargdefaults <= 1
      and (t.typtype in ('c', 'p') or t.typname = 'record'))))::text
  from pg_catalog.pg_proc x
  join pg_catalog.pg_namespace n on n.oid = x.pronamespace
  left join pg_catalog.pg_type t on t.oid = x.proargtypes[0]${EXTENSION('pg_proc')}
  group by x.proname, n.nspname, e.extname`
const OPERATORS = `
  select json_strip_nulls(json_build_object(${SELECTED('x.oprname')}, 'extension', e.extname,
    'isVolatile', bool_or(p.provolatile = 'v')))::text
  from pg_catalog.pg_operator x
  join pg_catalog.pg_namespace n on n.oid = x.oprnamespace
  join pg_catalog.pg_proc p on p.oid = x.oprcode${EXTENSION('pg_operator')}
  group by x.oprname, n.nspname, e.extname`
const TYPES = `
  select json_strip_nulls(json_build_object(${SELECTED('x.typname')}, 'extension', e.extname,
    'kind', x.typtype))::text
  from pg_catalog.pg_type x
  join pg_catalog.pg_namespace n on n.oid = x.typnamespace${EXTENSION('pg_type')}
  group by x.typname, n.nspname, e.extname, x.typtype`
const OPERATOR_CLASSES = `
  select json_strip_nulls(json_build_object(${SELECTED('x.opcname')}, 'extension', e.extname))::text
  from pg_catalog.pg_opclass x
  join pg_catalog.pg_namespace n on n.oid = x.opcnamespace${EXTENSION('pg_opclass')}
  group by x.opcname, n.nspname, e.extname`
const SYSTEM_RELATIONS = `
  select to_json(c.relname)::text from pg_catalog.pg_class c
  where c.relnamespace = 'pg_catalog'::regnamespace`

/** Reads what the guard knows of functions, operators and types. */
export const readCodeFacts = async (read: ReadRows): Promise<CodeFacts> => {
  const functionRow = operator.extend({ takesRow: z.boolean() })
  return {
    functions: byName(await read(FUNCTIONS, functionRow)),
    operators: byName(await read(OPERATORS, operator)),
    types: byName(await read(TYPES, z.object({ ...named, extension, kind: z.string() }))),
    operatorClasses: byName(await read(OPERATOR_CLASSES, z.object({ ...named, extension }))),
    systemRelations: new Set(await read(SYSTEM_RELATIONS, z.string())),
  }
}
