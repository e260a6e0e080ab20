import { wordSet } from './word-set.ts'

/** Extensions whose functions may be called as far as they are not volatile. */
export const KNOWN_EXTENSIONS: ReadonlySet<string> = wordSet(`
  vector pg_trgm unaccent fuzzystrmatch citext hstore ltree intarray btree_gin btree_gist cube
  earthdistance isn seg uuid-ossp tsm_system_rows
`)

/** Volatile functions of PostgreSQL that only answer: times, chance, sizes. */
export const HARMLESS_VOLATILE: ReadonlySet<string> = wordSet(`
  clock_timestamp timeofday random random_normal gen_random_uuid uuidv4 uuidv7 pg_relation_size
  pg_table_size pg_indexes_size pg_total_relation_size pg_database_size
`)

/** Functions that are not volatile and yet run SQL in a string, look at other sessions or the server. */
const DANGEROUS = wordSet(`
  ts_stat ts_rewrite txid_current txid_current_if_assigned txid_current_snapshot txid_status
  pg_current_xact_id pg_current_xact_id_if_assigned pg_xact_status pg_current_snapshot
  pg_export_snapshot pg_get_replication_slots pg_cursor pg_prepared_statement pg_prepared_xact
  pg_lock_status pg_blocking_pids pg_safe_snapshot_blocking_pids pg_show_all_settings
  pg_show_all_file_settings pg_hba_file_rules pg_ident_file_mappings pg_config
  pg_listening_channels pg_get_backend_memory_contexts pg_get_shmem_allocations
  pg_get_multixact_members pg_relation_filepath pg_filenode_relation pg_tablespace_location
  inet_client_addr inet_client_port inet_server_addr inet_server_port pg_postmaster_start_time
  pg_conf_load_time pg_backend_pid pg_trigger_depth pg_notification_queue_usage pg_input_is_valid
  pg_input_error_info pg_options_to_table currtid2 lastval currval nextval setval set_config
  pg_sleep pg_get_catalog_foreign_keys pg_get_wait_events pg_timezone_names loread lo_get
  pg_mcv_list_items pg_event_trigger_ddl_commands pg_describe_object pg_settings_get_flags
`)
const DANGEROUS_FAMILY =
  /_to_xml(schema|_and_xmlschema)?$|^(pg_stat_get_|pg_ls_|pg_control_|pg_logical_|pg_replication_|pg_wal|pg_walfile|pg_last_|pg_is_|pg_advisory_|pg_try_|pg_get_wal|pg_snapshot|pg_isolation|pg_stop|pg_start|pg_backup|pg_promote|pg_reload|pg_rotate|pg_terminate|pg_cancel|pg_read_|pg_write|pg_file|dblink|lo_|binary_upgrade|pg_nextoid|pg_stat_reset|pg_log|pg_available_|pg_extension_|pg_aio|pg_dsm|pg_numa)/

/** Whether a function of PostgreSQL is refused though no overload of it is volatile. */
export const isDangerousFunction = (name: string): boolean =>
  DANGEROUS.has(name) || DANGEROUS_FAMILY.test(name)

/** Relations of `pg_catalog` that may be read: what describes tables, not who uses them and how. */
export const READABLE_CATALOG: ReadonlySet<string> = wordSet(`
  pg_class pg_namespace pg_attribute pg_attrdef pg_type pg_index pg_indexes pg_tables pg_views
  pg_matviews pg_constraint pg_description pg_enum pg_range pg_operator pg_am pg_opclass
  pg_opfamily pg_collation pg_proc pg_sequence pg_sequences pg_inherits pg_partitioned_table
  pg_depend pg_trigger pg_policy pg_policies pg_extension pg_language pg_cast pg_database
  pg_settings pg_stat_user_tables pg_stat_user_indexes pg_statio_user_tables
  pg_statio_user_indexes pg_available_extensions pg_timezone_abbrevs pg_aggregate
`)

/** Views of `information_schema` that may be read. */
export const READABLE_INFORMATION: ReadonlySet<string> = wordSet(`
  tables columns views schemata sequences domains element_types table_constraints
  key_column_usage constraint_column_usage check_constraints constraint_table_usage
  referential_constraints column_privileges table_privileges routines parameters triggers
  information_schema_catalog_name
`)

/** Access methods of indexes that may be created. */
export const INDEX_METHODS: ReadonlySet<string> = wordSet(`
  btree hash gin gist spgist brin hnsw ivfflat
`)
