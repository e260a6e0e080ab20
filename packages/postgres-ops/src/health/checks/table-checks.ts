import type { HealthCheck } from '../health-check.ts'

// The column may hold fewer numbers than its sequence has.
const SEQUENCE: HealthCheck = {
  name: 'sequence-near-end',
  params: ({ limits }) => [limits.sequenceShare],
  sql: `
    with bounds as (
      select s.schemaname, s.sequencename, s.last_value, s.increment_by > 0 as rises,
        format('%I.%I', s.schemaname, s.sequencename)::regclass as id,
        case when s.increment_by > 0
          then least(s.max_value, case t.typname when 'int2' then 32767 when 'int4' then 2147483647 end)
          else greatest(s.min_value, case t.typname when 'int2' then -32768 when 'int4' then -2147483648 end)
        end as bound
      from pg_catalog.pg_sequences s
      left join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_class'::regclass and d.deptype in ('a', 'i')
        and d.objid = format('%I.%I', s.schemaname, s.sequencename)::regclass
        and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjsubid > 0
      left join pg_catalog.pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
      left join pg_catalog.pg_type t on t.oid = a.atttypid
      where not s.cycle
    ), shares as (
      select *, last_value::numeric / nullif(bound, 0) as share from bounds
    )
    select case when share >= 0.95 then 'failure' else 'warning' end as severity, id::text as subject,
      format('%s %% of its numbers are used, %s are left', trunc(share * 100, 1), abs(bound::numeric - last_value)) as evidence,
      'make the column and its sequence bigint before the last number is used' as advice
    from shares where share >= $1::numeric and (last_value > 0) = rises
    union all
    select 'unknown', id::text, format('the current role may not read %s', id), ''
    from bounds where not has_sequence_privilege(id, 'SELECT, USAGE')`,
}

const UNVALIDATED: HealthCheck = {
  name: 'unvalidated-constraint',
  sql: `
    select 'warning' as severity, format('%I on %s', k.conname, k.conrelid::regclass) as subject,
      'rows from before it was added may violate it, and plans cannot rely on it' as evidence,
      format('alter table %s validate constraint %I', k.conrelid::regclass, k.conname) as advice
    from pg_catalog.pg_constraint k
    where not k.convalidated and k.conrelid <> 0
      -- Since PostgreSQL 18 there are constraints that are not meant to be enforced.
      and coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true)`,
}

// How many pages rows of the average width need, against how many there are. TOAST is not looked at.
const BLOAT: HealthCheck = {
  name: 'bloat',
  params: ({ limits }) => [limits.bloatBytes, limits.bloatShare],
  sql: `
    with widths as (
      select s.schemaname, s.tablename, 28 + sum((1 - s.null_frac) * s.avg_width) as width
      from pg_catalog.pg_stats s where not s.inherited group by 1, 2
    ), large as (
      select c.* from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'm') and c.reltuples >= 0 and c.relpages > 0
        and c.relpages * current_setting('block_size')::numeric >= $1::numeric
        and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    ), sizes as (
      select c.oid::regclass as name, current_setting('block_size')::numeric as block,
        c.relpages::numeric as pages, ceil(c.reltuples::numeric * w.width::numeric
          / ((current_setting('block_size')::numeric - 24) * coalesce((select option_value::numeric
            from pg_options_to_table(c.reloptions) where option_name = 'fillfactor'), 100) / 100)) as needed
      from large c
      join widths w on quote_ident(w.schemaname)::regnamespace = c.relnamespace and w.tablename = c.relname
    )
    select 'warning' as severity, name::text as subject,
      format('about %s of %s are empty (estimated from statistics)', pg_size_pretty((pages - needed) * block),
        pg_size_pretty(pages * block)) as evidence,
      'let vacuum run more often on it; rewrite it with pg_repack, or with vacuum full while nobody needs it' as advice
    from sizes
    where (pages - needed) * block >= $1::numeric and (pages - needed) / pages >= $2::numeric
    union all
    select 'unknown', 'statistics', format('statistics of %s large tables are missing or, under row security, hidden', count(*)), ''
    from large c
    where not exists (
      select 1 from widths w where quote_ident(w.schemaname)::regnamespace = c.relnamespace and w.tablename = c.relname)
    having count(*) > 0`,
}

const DEAD_ROWS: HealthCheck = {
  name: 'dead-rows',
  params: ({ limits }) => [limits.deadRows],
  sql: `
    select 'warning' as severity, relid::regclass::text as subject,
      format('%s dead rows beside %s live ones; last vacuum: %s', n_dead_tup, n_live_tup,
        coalesce(greatest(last_vacuum, last_autovacuum)::text, 'never')) as evidence,
      format('vacuum (analyze) %s; if it does not help, a long transaction, a slot or a replica keeps them',
        relid::regclass) as advice
    from pg_catalog.pg_stat_user_tables
    where n_dead_tup >= $1::numeric and n_dead_tup >= 0.2 * (n_dead_tup + n_live_tup)`,
}

const AUTOVACUUM: HealthCheck = {
  name: 'autovacuum-off',
  params: ({ limits }) => [limits.deadRows],
  sql: `
    select 'warning' as severity, c.oid::regclass::text as subject,
      'autovacuum is switched off for this table' as evidence,
      format('alter table %s reset (autovacuum_enabled)', c.oid::regclass) as advice
    from pg_catalog.pg_class c, pg_options_to_table(c.reloptions) o
    where c.relkind in ('r', 'm') and o.option_name = 'autovacuum_enabled'
      and lower(o.option_value) in ('off', 'false', 'no', '0', 'n', 'f')
    union all
    select 'failure', 'autovacuum', format('it is switched off for the whole server, and %s dead rows wait for it', dead.rows),
      'set autovacuum = on: without it tables grow and, in the end, the server refuses writes'
    from (select sum(n_dead_tup) as rows from pg_catalog.pg_stat_user_tables) dead
    where not current_setting('autovacuum')::boolean and dead.rows >= $1::numeric`,
}

const WRAPAROUND: HealthCheck = {
  name: 'wraparound',
  params: ({ limits }) => [limits.transactionAge],
  sql: `
    select case when age >= 1600000000 then 'failure' else 'warning' end as severity, name as subject,
      format('%s transactions since it was frozen; at about 2100 million the server refuses writes', age) as evidence,
      format('vacuum (freeze) %s; look for what holds vacuum back: long transactions, slots, prepared transactions', name) as advice
    from (
      select c.oid::regclass::text as name, greatest(age(c.relfrozenxid), mxid_age(c.relminmxid)) as age
      from pg_catalog.pg_class c where c.relkind in ('r', 'm', 't') and c.relfrozenxid <> '0'
    ) tables
    where age >= $1::numeric`,
}

/** What can be wrong with tables, sequences and constraints. */
export const TABLE_CHECKS: readonly HealthCheck[] = [
  SEQUENCE,
  UNVALIDATED,
  BLOAT,
  DEAD_ROWS,
  AUTOVACUUM,
  WRAPAROUND,
]
