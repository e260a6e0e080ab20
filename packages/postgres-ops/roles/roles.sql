-- Login roles for agents on one database. Run it connected to that database, as a role that owns the
-- tables and may create roles, and again whenever tables came along:
--
--   psql "$OWNER_URL" -v reader=athena_reader -v writer=athena_writer -v migrator=athena_migrator \
--     -v password="$(openssl rand -hex 24)" -v schemas=public -f roles.sql
--
-- reader   reads tables that hold no keys
-- writer   reads them, and writes rows of those that are no log
-- migrator does what the owner of the tables does: give it to nobody who may only write rows
--
-- Afterwards run hardening.sql as superuser.

\set ON_ERROR_STOP on
begin;

select set_config('athena_roles.reader', :'reader', true),
  set_config('athena_roles.writer', :'writer', true),
  set_config('athena_roles.migrator', :'migrator', true),
  set_config('athena_roles.password', :'password', true),
  set_config('athena_roles.schemas', :'schemas', true);

do $roles$
declare
  name text;
  names text[] := array[current_setting('athena_roles.reader'), current_setting('athena_roles.writer'),
    current_setting('athena_roles.migrator')];
begin
  foreach name in array names loop
    if not exists (select from pg_catalog.pg_roles where rolname = name) then
      execute format('create role %I', name);
    end if;
    execute format('alter role %I login nocreatedb nocreaterole password %L connection limit 20', name,
      current_setting('athena_roles.password'));
    execute format('alter role %I set statement_timeout = %L', name, '60s');
    execute format('alter role %I set idle_in_transaction_session_timeout = %L', name, '60s');
    execute format('grant connect on database %I to %I', current_database(), name);
  end loop;
  -- Holds even where somebody talks to the server past the guard.
  execute format('alter role %I set default_transaction_read_only = on', names[1]);
  execute format('grant %I to %I', current_user, names[3]);
  execute format('revoke temporary on database %I from public', current_database());
end
$roles$;

do $grants$
declare
  reader text := current_setting('athena_roles.reader');
  writer text := current_setting('athena_roles.writer');
  permitted text[] := string_to_array(current_setting('athena_roles.schemas'), ',');
  -- As in the policy of the guard: tables that hold keys, and tables that say what happened.
  keys text[] := array['api_keys', 'api_tokens', 'credentials', 'passwords', 'secrets'];
  logs text[] := array['audit', 'audit_log', 'audit_logs', 'schema_migrations', '__drizzle_migrations'];
  one record;
  schema text;
begin
  foreach schema in array permitted loop
    execute format('grant usage on schema %I to %I, %I', schema, reader, writer);
    execute format('grant usage on all sequences in schema %I to %I', schema, writer);
  end loop;
  for one in
    select n.nspname, c.relname, c.relkind from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any (permitted) and c.relkind in ('r', 'p', 'v', 'm') and c.relname <> all (keys)
      and pg_has_role(c.relowner, 'USAGE')
      and not exists (select from pg_catalog.pg_depend d
        where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  loop
    execute format('grant select on %I.%I to %I, %I', one.nspname, one.relname, reader, writer);
    if one.relkind in ('r', 'p') and one.relname <> all (logs) then
      execute format('grant insert, update, delete on %I.%I to %I', one.nspname, one.relname, writer);
    end if;
  end loop;
  -- Functions of users can do anything, also as their owner.
  for one in
    select p.oid::regprocedure as signature from pg_catalog.pg_proc p
    join pg_catalog.pg_namespace n on n.oid = p.pronamespace
    where n.nspname = any (permitted) and pg_has_role(p.proowner, 'USAGE')
      and (p.prosecdef or p.prokind = 'p')
  loop
    execute format('revoke execute on routine %s from public', one.signature);
  end loop;
end
$grants$;

-- Every call of a tool, for the owner to read. The roles can add to it and do nothing else.
create schema if not exists athena_ops;
create table if not exists athena_ops.calls (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  role text not null default session_user,
  actor text not null,
  tenant_id text,
  tool text not null,
  statement text not null,
  verdict text not null check (verdict in ('allowed', 'refused', 'failed')),
  reason text not null,
  rows bigint not null,
  duration_ms bigint not null
);
grant usage on schema athena_ops to :"reader", :"writer";
grant insert (at, actor, tenant_id, tool, statement, verdict, reason, rows, duration_ms)
  on athena_ops.calls to :"reader", :"writer";

commit;
