import { createHash } from 'node:crypto'
import type pg from 'pg'

// Other tests make roles on the same server meanwhile: those that may connect here count, and the mighty.
const ROLES = `(select a.grantee from pg_database d, aclexplode(d.datacl) a where d.datname = current_database()
  union select oid from pg_roles where rolsuper or rolbypassrls)`

const EVERYTHING = [
  `select c.oid, c.relname, c.relkind, c.relowner, c.relacl::text, c.relrowsecurity, c.relforcerowsecurity,
    c.reloptions, c.relreplident, obj_description(c.oid), c.relfilenode from pg_class c order by 1`,
  `select attrelid, attname, atttypid, attnotnull, attacl::text, attisdropped from pg_attribute
    where attnum > 0 order by 1, 2`,
  'select oid, proname, prosrc, proacl::text from pg_proc order by 1',
  'select * from pg_policy order by oid',
  'select oid, conname, convalidated from pg_constraint order by 1',
  'select indexrelid, indisvalid from pg_index order by 1',
  'select oid, nspname, nspacl::text from pg_namespace order by 1',
  'select tgrelid, tgname, tgenabled from pg_trigger order by 1, 2',
  `select rolname, rolsuper, rolcanlogin, rolbypassrls from pg_roles where oid in ${ROLES} order by 1`,
  `select roleid, member from pg_auth_members where member in ${ROLES} and roleid in ${ROLES} order by 1, 2`,
  `select setdatabase, setrole, setconfig from pg_db_role_setting where setrole in ${ROLES} order by 1, 2`,
  "select name, setting from pg_settings where name not like '%.tenant_id' order by 1",
  'select oid from pg_largeobject_metadata order by 1',
  'select oid, extname from pg_extension order by 1',
  'select slot_name from pg_replication_slots order by 1',
  'select schemaname, sequencename, last_value from pg_sequences order by 1, 2',
]

/** Runs a statement as the owner, and gives its rows as lists. */
export type ReadValues = (sql: string) => Promise<readonly (readonly unknown[])[]>

/** A hash of all rows of both tenants, and of everything that is defined, owned, granted and set. */
export const hashDatabase = (owner: pg.Client): Promise<string> =>
  hashValues(async (text) => (await owner.query<unknown[]>({ text, rowMode: 'array' })).rows)

/** The same of whatever answers. */
export const hashValues = async (read: ReadValues): Promise<string> => {
  const hash = createHash('sha256')
  for (const query of EVERYTHING) hash.update(JSON.stringify(await read(query)))
  const tables = await read(`select format('%I.%I', schemaname, tablename) from pg_tables
    where schemaname in ('public', 'drizzle', 'athena_ops') order by 1`)
  for (const tenant of ['tenant-a', 'tenant-b']) {
    await read(`set app.tenant_id = '${tenant}'`)
    for (const [table] of tables) {
      const rows = await read(`select t::text from ${String(table)} t order by 1`)
      hash.update(JSON.stringify([table, rows]))
    }
  }
  await read('reset app.tenant_id')
  return hash.digest('hex')
}
