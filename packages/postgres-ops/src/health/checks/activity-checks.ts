import type { HealthCheck } from '../health-check.ts'

const CONNECTIONS: HealthCheck = {
  name: 'connections',
  params: ({ limits }) => [limits.connectionShare],
  sql: `
    select case when used >= allowed then 'failure' else 'warning' end as severity, 'connections' as subject,
      format('%s of %s connections are taken', used, allowed) as evidence,
      'use a pooler or smaller pools; close what is idle; raise max_connections last' as advice
    from (
      select count(*) as used, current_setting('max_connections')::int
        - current_setting('superuser_reserved_connections')::int as allowed
      from pg_catalog.pg_stat_activity where coalesce(backend_type, 'client backend') = 'client backend' and datid is not null
    ) counts
    where used >= allowed * $1::numeric`,
}

// What sessions of other roles do and are is hidden from roles without pg_read_all_stats.
const HIDDEN_SESSIONS = `
    select 'unknown', 'sessions', format('%s sessions of other roles are hidden; grant pg_read_all_stats to see them', count(*)), ''
    from pg_catalog.pg_stat_activity
    where datname = current_database() and coalesce(backend_type, 'client backend') = 'client backend' and state is null and xact_start is null
    having count(*) > 0`

const IDLE: HealthCheck = {
  name: 'idle-in-transaction',
  params: ({ limits }) => [limits.idleInTransactionMs],
  sql: `
    select 'warning' as severity, format('session %s of %s', pid, usename) as subject,
      format('idle in a transaction for %s', date_trunc('second', clock_timestamp() - state_change)) as evidence,
      format('end the transaction in the program, or select pg_terminate_backend(%s); set idle_in_transaction_session_timeout', pid) as advice
    from pg_catalog.pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and state like 'idle in transaction%'
      and clock_timestamp() - state_change >= $1::float8 * interval '1 ms'
    union all ${HIDDEN_SESSIONS}`,
}

const LONG: HealthCheck = {
  name: 'long-transaction',
  params: ({ limits }) => [limits.transactionMs],
  sql: `
    select 'warning' as severity, format('session %s of %s', pid, usename) as subject,
      format('its transaction is %s old and keeps vacuum from removing rows', date_trunc('second', clock_timestamp() - xact_start)) as evidence,
      format('make it shorter, or select pg_terminate_backend(%s)', pid) as advice
    from pg_catalog.pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and coalesce(backend_type, 'client backend') = 'client backend'
      and clock_timestamp() - xact_start >= $1::float8 * interval '1 ms'`,
}

const CACHE: HealthCheck = {
  name: 'cache-hit',
  params: ({ limits }) => [limits.cacheHitRatio, limits.cacheBlocks],
  sql: `
    select 'warning' as severity, datname::text as subject,
      format('%s %% of %s blocks were found in memory', trunc(100.0 * blks_hit / (blks_hit + blks_read), 1), blks_hit + blks_read) as evidence,
      'raise shared_buffers, give the server more memory, or index what is scanned' as advice
    from pg_catalog.pg_stat_database
    where datname = current_database() and blks_hit + blks_read >= greatest($2::numeric, 1)
      and blks_hit < $1::numeric * (blks_hit + blks_read)`,
}

const CURRENT_WAL = `case when pg_is_in_recovery() then pg_last_wal_receive_lsn() else pg_current_wal_lsn() end`

const SLOTS: HealthCheck = {
  name: 'replication-slot',
  params: ({ limits }) => [limits.walBytes],
  sql: `
    select case when wal_status in ('unreserved', 'lost') or kept >= 10 * $1::numeric then 'failure' else 'warning' end as severity,
      slot_name::text as subject,
      format('%s, keeps %s of write-ahead log (%s)', case when active then 'active' else 'inactive' end,
        pg_size_pretty(kept), coalesce(wal_status, 'no log reserved')) as evidence,
      format('bring its consumer back, or select pg_drop_replication_slot(%L): it fills the disk and holds vacuum back', slot_name) as advice
    from (
      select slot_name, active, wal_status, coalesce(pg_wal_lsn_diff(${CURRENT_WAL}, restart_lsn), 0) as kept
      from pg_catalog.pg_replication_slots
    ) slots
    where wal_status in ('unreserved', 'lost') or kept >= $1::numeric`,
}

const LAG: HealthCheck = {
  name: 'replication-lag',
  params: ({ limits }) => [limits.walBytes],
  sql: `
    select case when lag >= 10 * $1::numeric then 'failure' else 'warning' end as severity,
      format('%s (%s)', application_name, pid) as subject,
      format('it is %s behind', pg_size_pretty(lag)) as evidence,
      'look at the network, the disk and long queries of the replica' as advice
    from (
      select application_name, pid, pg_wal_lsn_diff(${CURRENT_WAL}, replay_lsn) as lag
      from pg_catalog.pg_stat_replication
    ) replicas
    where lag >= $1::numeric`,
}

/** What can be wrong with sessions, memory and replication. */
export const ACTIVITY_CHECKS: readonly HealthCheck[] = [CONNECTIONS, IDLE, LONG, CACHE, SLOTS, LAG]
