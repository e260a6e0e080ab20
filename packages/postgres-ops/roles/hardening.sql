-- What only a superuser can do for the roles of roles.sql. Run it connected to the database:
--
--   psql "$SUPERUSER_URL" -v reader=athena_reader -v writer=athena_writer -v migrator=athena_migrator \
--     -v keep=app_owner,app -f hardening.sql
--
-- keep: the roles of your own programs, which may go on calling these functions.

\set ON_ERROR_STOP on
begin;

select set_config('athena_roles.keep', :'keep', true),
  set_config('athena_roles.agents', :'reader' || ',' || :'writer' || ',' || :'migrator', true);

do $hardening$
declare
  one record;
  name text;
begin
  for one in
    select p.oid::regprocedure as signature from pg_catalog.pg_proc p
    where p.pronamespace = 'pg_catalog'::regnamespace and (
      -- Row security that reads a setting is only as strong as the right to change it.
      p.proname = 'set_config'
      -- SQL in a string, large objects, locks, messages, other sessions, snapshots, transaction numbers.
      or p.proname ~ '^(query|table|schema|database|cursor)_to_xml' or p.proname in ('ts_stat', 'ts_rewrite')
      or p.proname ~ '^(lo_|loread$|lowrite$)' or p.proname ~ '^pg_(try_)?advisory_'
      or p.proname in ('pg_notify', 'pg_logical_emit_message', 'pg_export_snapshot', 'pg_terminate_backend',
        'pg_cancel_backend', 'pg_sleep', 'pg_sleep_for', 'pg_sleep_until', 'txid_current',
        'pg_current_xact_id', 'pg_stat_get_activity'))
  loop
    execute format('revoke execute on function %s from public', one.signature);
    foreach name in array string_to_array(current_setting('athena_roles.keep'), ',') loop
      execute format('grant execute on function %s to %I', one.signature, name);
    end loop;
  end loop;
  foreach name in array string_to_array(current_setting('athena_roles.agents'), ',') loop
    execute format('alter role %I set temp_file_limit = %L', name, '256MB');
  end loop;
end
$hardening$;

commit;
