import type { HealthCheck } from '../health-check.ts'

const INVALID: HealthCheck = {
  name: 'invalid-index',
  sql: `
    select 'failure' as severity, i.indexrelid::regclass::text as subject,
      format('the index of %s was not built to its end: writes pay for it, no query uses it', i.indrelid::regclass) as evidence,
      format('reindex index concurrently %s, or drop it; find out first why it failed, such as by duplicates',
        i.indexrelid::regclass) as advice
    from pg_catalog.pg_index i
    where not i.indisvalid and not exists (
      select 1 from pg_catalog.pg_stat_progress_create_index p where p.index_relid = i.indexrelid)`,
}

// Of indexes that are alike, the one a constraint needs stays, then a unique one, then the oldest.
const DUPLICATE: HealthCheck = {
  name: 'duplicate-index',
  sql: `
    with alike as (
      select i.indexrelid, i.indrelid, i.indisunique, k.oid is not null as is_constraint,
        concat_ws(' ', i.indrelid, c.relam, i.indnkeyatts, i.indkey, '/', i.indclass, '/', i.indcollation, '/',
          i.indoption, '/', i.indexprs, '/', i.indpred, '/', to_jsonb(i) ->> 'indnullsnotdistinct') as signature
      from pg_catalog.pg_index i
      join pg_catalog.pg_class c on c.oid = i.indexrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      left join pg_catalog.pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x')
      where i.indisvalid and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    ), ranked as (
      select *, row_number() over best as place, first_value(indexrelid) over best as kept
      from alike
      window best as (partition by signature order by is_constraint desc, indisunique desc, indexrelid)
    )
    select 'warning' as severity, indexrelid::regclass::text as subject,
      format('it does what %s does: %s for nothing', kept::regclass,
        pg_size_pretty(pg_relation_size(indexrelid))) as evidence,
      format('drop index concurrently %s', indexrelid::regclass) as advice
    from ranked where place > 1 and not is_constraint`,
}

const UNUSED: HealthCheck = {
  name: 'unused-index',
  params: ({ limits }) => [limits.unusedIndexBytes, limits.tableScans],
  sql: `
    select 'warning' as severity, s.indexrelid::regclass::text as subject,
      format('no query has used it while %s was read %s times; it takes %s', s.relid::regclass,
        t.seq_scan + coalesce(t.idx_scan, 0), pg_size_pretty(pg_relation_size(s.indexrelid))) as evidence,
      format('drop index concurrently %s, if replicas do not use it either', s.indexrelid::regclass) as advice
    from pg_catalog.pg_stat_user_indexes s
    join pg_catalog.pg_stat_user_tables t on t.relid = s.relid
    join pg_catalog.pg_index i on i.indexrelid = s.indexrelid
    where s.idx_scan = 0 and i.indisvalid and not i.indisunique and not i.indisreplident and not i.indisexclusion
      and pg_relation_size(s.indexrelid) >= $1::numeric
      and t.seq_scan + coalesce(t.idx_scan, 0) >= $2::numeric`,
}

/** What can be wrong with indexes. */
export const INDEX_CHECKS: readonly HealthCheck[] = [INVALID, DUPLICATE, UNUSED]
