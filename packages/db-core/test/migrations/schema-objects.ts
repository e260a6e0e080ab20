import type { TestDatabase } from '@athena-memory/testing'
import { listedTables } from './listed-objects.ts'

const tables = Object.keys(listedTables)
const indexes = Object.values(listedTables)
  .flat()
  .map((name) => `index ${name}`)

const sqlite = [
  ...indexes,
  ...[...tables, 'athena_migrations', 'document_log', 'embedding_log'].map(
    (name) => `table ${name}`,
  ),
  'table documents_fts',
  'table documents_fts_config',
  'table documents_fts_data',
  'table documents_fts_docsize',
  'table documents_fts_idx',
  'table documents_fts_terms',
  'trigger document_log_delete',
  'trigger document_log_insert',
  'trigger document_log_trim',
  'trigger document_log_update',
  'trigger documents_fts_delete',
  'trigger documents_fts_insert',
  'trigger documents_fts_update',
  'trigger embedding_log_delete',
  'trigger embedding_log_insert',
  'trigger embedding_log_trim',
  'trigger embedding_log_update',
]

const numbered = new Set(['documents', 'embeddings'])

const postgres = [
  ...indexes,
  'function athena_find_document_row()',
  'function athena_log_documents()',
  'function athena_nearest(text,text,integer)',
  'function athena_stem_frequencies(text)',
  'function athena_stem_query(text)',
  'function athena_text_candidates(text)',
  'index athena_migrations_pkey',
  'index document_log_changed_by_idx',
  'index document_log_tenant_id_sequence_pk',
  'index documents_terms_idx',
  ...tables.map((name) => `index ${name}_tenant_id_${numbered.has(name) ? 'row_number' : 'id'}_pk`),
  ...[256, 384, 512, 768, 1024, 1536, 3072].map((size) => `index embeddings_code_${size}_idx`),
  'policy document_log_tenant',
  'policy documents_definer',
  'policy embeddings_definer',
  ...tables.map((name) => `policy ${name}_tenant`),
  'sequence document_log_sequence_seq',
  'sequence documents_row_number_seq',
  'sequence embeddings_row_number_seq',
  ...[...tables, 'athena_migrations', 'document_log'].map((name) => `table ${name}`),
  'trigger document_log_delete',
  'trigger document_log_insert',
  'trigger document_log_update',
  'trigger embedding_log_insert',
  'trigger embedding_log_update',
  'trigger embeddings_document_row',
]

/** Everything that the migrations make, sorted. */
export const expectedObjects = {
  sqlite: sqlite.toSorted(),
  postgres: postgres.toSorted(),
}

const catalogues = {
  sqlite: `select type || ' ' || name from sqlite_master where name not like 'sqlite\\_%' escape '\\'`,
  postgres: `
    with own as (select current_schema()::regnamespace as schema)
    select case relkind when 'r' then 'table ' when 'i' then 'index ' when 'S' then 'sequence '
      else relkind::text || ' ' end || relname from pg_class, own where relnamespace = schema
    union all select 'policy ' || polname from pg_policy
    union all select 'trigger ' || tgname from pg_trigger where not tgisinternal
    union all select 'function ' || oid::regprocedure from pg_proc, own where pronamespace = schema
      and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')`,
}

/** Everything that is there, sorted. */
export const foundObjects = async (database: TestDatabase): Promise<string[]> =>
  (await database.executeAsOwner(catalogues[database.dialect]))
    .map(([object]) => String(object))
    .toSorted()
