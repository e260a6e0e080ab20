import type { Connection } from '../engine.ts'

/**
 * Roles that hold rights and never log in; a login role is made a member of one of them.
 * `athena_app` reads and writes rows of its tenant, `athena_reader` reads them, and
 * `athena_definer` owns the search functions, which filter by tenant themselves.
 */
const roles = ['athena_app', 'athena_reader', 'athena_definer']

/** Two databases of one cluster may be set up at the same moment. */
const createRole = (role: string) => `
do $$ begin
  if not exists (select from pg_roles where rolname = '${role}') then create role ${role} nologin; end if;
exception
  when duplicate_object or unique_violation then null;
  when insufficient_privilege then raise warning 'athena: an administrator has to create role ${role}';
end $$`

/** Rights on what exists; every table with a tenant hides rows even from its owner. */
const grants = `
do $$
declare
  item record;
  schema_name text := current_schema();
begin
  for item in
    select c.oid::regclass as name from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = schema_name::regnamespace and c.relkind = 'r' and a.attname = 'tenant_id'
  loop
    execute format('alter table %s enable row level security', item.name);
    execute format('alter table %s force row level security', item.name);
  end loop;
  if exists (select from pg_roles where rolname = 'athena_app') then
    execute format('grant usage on schema %I to athena_app', schema_name);
    execute format('grant select, insert, update, delete on all tables in schema %I to athena_app', schema_name);
    execute format('grant usage on all sequences in schema %I to athena_app', schema_name);
    execute 'revoke insert, update, delete on athena_migrations from athena_app';
  end if;
  if exists (select from pg_roles where rolname = 'athena_reader') then
    execute format('grant usage on schema %I to athena_reader', schema_name);
    execute format('grant select on all tables in schema %I to athena_reader', schema_name);
  end if;
end $$`

/**
 * Row security keeps operators that are not leakproof, full text among them, away from indexes. So
 * functions that search run as a role which sees every row, and name the tenant themselves.
 */
const definer = `
do $$
declare
  item record;
  schema_name text := current_schema();
begin
  execute format('grant usage, create on schema %I to athena_definer', schema_name);
  execute format('grant select on documents, embeddings to athena_definer');
  for item in select unnest(array['documents', 'embeddings']) as name loop
    execute format('drop policy if exists %I on %I', item.name || '_definer', item.name);
    execute format('create policy %I on %I for select to athena_definer using (true)', item.name || '_definer', item.name);
  end loop;
  for item in
    select p.oid::regprocedure as name from pg_proc p join pg_roles r on r.oid = p.proowner
    where p.pronamespace = schema_name::regnamespace and p.prosecdef and p.proname like 'athena\\_%' and r.rolname = current_user
  loop
    execute format('revoke all on function %s from public', item.name);
    execute format('grant execute on function %s to athena_app, athena_reader', item.name);
    execute format('grant execute on function %s to %I', item.name, current_user);
    execute format('alter function %s owner to athena_definer', item.name);
  end loop;
  execute format('revoke create on schema %I from athena_definer', schema_name);
  -- Whoever stays a member sees the rows of all tenants.
  revoke athena_definer from current_user;
exception when insufficient_privilege or undefined_object then
  raise warning 'athena: without role athena_definer, full text search does not use its index';
end $$`

/**
 * Only a member may replace the functions of a role, or give functions to it. Who sets up another database of
 * the cluster may have made us one meanwhile.
 */
const joinDefiner = `
do $$ begin
  grant athena_definer to current_user;
exception
  when unique_violation then null;
  when insufficient_privilege or undefined_object then
    raise warning 'athena: an administrator has to grant athena_definer to the owner of the tables';
end $$`

/** Makes the roles, and the owner a member of the one whose functions migrations may replace. */
export const prepareRoles = async (connection: Connection): Promise<void> => {
  for (const role of roles) await connection.execute(createRole(role), [])
  await connection.execute(joinDefiner, [])
}

/** Sets grants and row level security on what the migrations made. Runs as their owner. */
export const secure = async (connection: Connection): Promise<void> => {
  await connection.execute(grants, [])
  await connection.execute(definer, [])
}
