-- A hash finds a memory. With its project first PostgreSQL, while it has no statistics, would as soon read the whole project
-- by another index; and that of spaces was as good to it as that of documents.
DROP INDEX "embeddings_space_id_idx";--> statement-breakpoint
DROP INDEX "memories_project_id_content_hash_idx";--> statement-breakpoint
CREATE UNIQUE INDEX "memories_content_hash_project_id_idx" ON "memories" USING btree ("tenant_id","content_hash","project_id") WHERE "memories"."superseded_at" is null;--> statement-breakpoint
-- Codes of vectors are kept in memory as documents are, and follow the same log: a document that gets its vectors after
-- it was written is logged again.
CREATE OR REPLACE FUNCTION athena_log_documents() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last bigint;
  logged bigint;
BEGIN
  IF TG_TABLE_NAME = 'documents' THEN
    WITH written AS (
      INSERT INTO document_log (tenant_id, row_number) SELECT tenant_id, row_number FROM changed RETURNING sequence
    ) SELECT max(sequence), count(*) INTO last, logged FROM written;
  ELSE
    -- What this transaction wrote is in the log already.
    WITH written AS (
      INSERT INTO document_log (tenant_id, row_number) SELECT DISTINCT tenant_id, document_row FROM changed
      WHERE (SELECT xmin FROM documents WHERE documents.tenant_id = changed.tenant_id AND row_number = document_row)
        <> pg_current_xact_id()::xid
      RETURNING sequence
    ) SELECT max(sequence), count(*) INTO last, logged FROM written;
  END IF;
  -- A process that missed more than the log holds reads everything anew. The oldest transactions go first:
  -- as long as one is left that it has seen, it has missed nothing.
  IF last / 4096 > (last - logged) / 4096 THEN
    DELETE FROM document_log WHERE changed_by < (
      SELECT changed_by FROM document_log ORDER BY changed_by DESC OFFSET 16384 LIMIT 1
    );
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER embedding_log_insert AFTER INSERT ON "embeddings" REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION athena_log_documents();--> statement-breakpoint
CREATE TRIGGER embedding_log_update AFTER UPDATE ON "embeddings" REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION athena_log_documents();--> statement-breakpoint
-- Fewer neighbours and a longer look for them: a graph that finds more and is filled faster.
DROP INDEX "embeddings_code_256_idx", "embeddings_code_384_idx", "embeddings_code_512_idx", "embeddings_code_768_idx", "embeddings_code_1024_idx", "embeddings_code_1536_idx", "embeddings_code_3072_idx";--> statement-breakpoint
DO $do$
DECLARE
  size integer;
BEGIN
  FOREACH size IN ARRAY ARRAY[256, 384, 512, 768, 1024, 1536, 3072] LOOP
    EXECUTE format('CREATE INDEX embeddings_code_%1$s_idx ON embeddings USING hnsw ((code::bit(%1$s)) bit_hamming_ops)
      WITH (m = 8, ef_construction = 100) WHERE dimensions = %1$s', size);
  END LOOP;
END $do$;
