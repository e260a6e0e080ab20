import { toTextArray } from '../catalogue.ts'
import type { HealthCheck } from '../health-check.ts'

const ROW_SECURITY: HealthCheck = {
  name: 'row-security',
  params: ({ tenantColumn }) => [tenantColumn],
  sql: `
    select 'failure' as severity, name::text as subject,
      format('it has %I, but %s', $1::text, concat_ws(' and ',
        case when not enabled then 'row security is not enabled' when not has_policy then 'no policy' end,
        case when not forced then 'row security is not forced on its owner' end)) as evidence,
      concat_ws('; ',
        case when not enabled then format('alter table %s enable row level security', name) end,
        case when not forced then format('alter table %s force row level security', name) end,
        case when not has_policy then 'create a policy that compares the column with the tenant of the session' end) as advice
    from (
      select c.oid::regclass as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
        exists (select 1 from pg_catalog.pg_policy p where p.polrelid = c.oid) as has_policy
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = $1::text and not a.attisdropped
      where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    ) tenants
    where not (enabled and forced and has_policy)`,
}

// A role may become any role it is a member of: what those may do, it may do.
const POSTURE: HealthCheck = {
  name: 'role-posture',
  params: ({ roles }) => [toTextArray(roles)],
  sql: `
    with asked as (
      select r.* from pg_catalog.pg_roles r
      where r.rolname = any ($1::text[]) or r.rolname in (current_user, session_user)
    ), rights as (
      select a.rolname, case when o.rolsuper then 'is superuser' when o.rolbypassrls then 'bypasses row security'
        else 'reaches files or programs of the server' end as what, o.rolname as by
      from asked a
      join pg_catalog.pg_roles o on pg_has_role(a.oid, o.oid, 'MEMBER') and (a.oid = o.oid or not a.rolsuper)
      where o.rolsuper or o.rolbypassrls
        or o.rolname in ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program')
    )
    select 'failure' as severity, rolname::text as subject,
      string_agg(case when by = rolname then what else format('%s as a member of %I', what, by) end, ', ' order by by) as evidence,
      'connect as a role that owns nothing and has no such right' as advice
    from rights group by rolname
    union all
    select 'unknown', missing, format('there is no role %I', missing), '' from unnest($1::text[]) missing
    where not exists (select 1 from asked where rolname = missing)`,
}

// https://github.com/pgvector/pgvector/issues/959 and CHANGELOG; 32-bit servers: issue 1006.
const PGVECTOR: HealthCheck = {
  name: 'pgvector-version',
  sql: `
    select case when problem like 'CVE%' then 'failure' else 'warning' end as severity, 'vector' as subject,
      format('version %s: %s', extversion, problem) as evidence,
      format('install pgvector %s or later on the server, then alter extension vector update, then reindex hnsw indexes', fixed) as advice
    from (
      select extversion, string_to_array(substring(extversion from '^[0-9]+(?:\\.[0-9]+)*'), '.')::int[] as version
      from pg_catalog.pg_extension where extname = 'vector'
    ) installed
    join (values
      ('{0,6,0}'::int[], '{0,8,2}'::int[], '0.8.4', 'CVE-2026-3172, building hnsw in parallel reads or writes beyond a buffer', ''),
      ('{0,8,2}', '{0,8,4}', '0.8.4', 'vacuum can corrupt hnsw indexes', ''),
      ('{0,5,0}', '{0,6,0}', '0.8.4', 'vacuum can corrupt hnsw indexes', ''),
      ('{0}', '{0,8,6}', '0.8.6', 'CVE-2026-18022, building ivfflat writes beyond a buffer', '32-bit')
    ) known (since, until, fixed, problem, only_on)
      on version >= since and version < until and version() like '%' || only_on || '%'`,
}

/** What can be wrong with who may see and do what. */
export const SECURITY_CHECKS: readonly HealthCheck[] = [ROW_SECURITY, POSTURE, PGVECTOR]
