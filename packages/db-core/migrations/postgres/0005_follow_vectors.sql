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
CREATE TRIGGER document_log_insert AFTER INSERT ON "embeddings" REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION athena_log_documents();--> statement-breakpoint
CREATE TRIGGER document_log_update AFTER UPDATE ON "embeddings" REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION athena_log_documents();
