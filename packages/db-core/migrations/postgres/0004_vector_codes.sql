-- The graph is one of codes, a bit for each dimension, in place of half precision: it is smaller, and filled and walked
-- faster. The nearest codes are compared by their full vectors. `document_row` spares every embedding that the
-- graph finds the lookup of its document.
DROP FUNCTION athena_nearest(text, text, integer);--> statement-breakpoint
DROP INDEX "embeddings_vector_256_idx", "embeddings_vector_384_idx", "embeddings_vector_512_idx", "embeddings_vector_768_idx", "embeddings_vector_1024_idx", "embeddings_vector_1536_idx", "embeddings_vector_3072_idx";--> statement-breakpoint
ALTER TABLE "embeddings" ADD COLUMN "code" bit varying GENERATED ALWAYS AS (binary_quantize("vector")) STORED, ADD COLUMN "document_row" bigint;--> statement-breakpoint
-- The rows of all tenants: row security is forced again where migrations end.
ALTER TABLE "documents" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "embeddings" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "embeddings" SET "document_row" = "documents"."row_number" FROM "documents"
WHERE "documents"."tenant_id" = "embeddings"."tenant_id" AND "documents"."id" = "embeddings"."document_id";--> statement-breakpoint
CREATE FUNCTION athena_find_document_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.document_row := (SELECT row_number FROM documents WHERE tenant_id = NEW.tenant_id AND id = NEW.document_id);
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER embeddings_document_row BEFORE INSERT OR UPDATE OF "document_id" ON "embeddings"
FOR EACH ROW EXECUTE FUNCTION athena_find_document_row();--> statement-breakpoint
-- The rows of documents with the nearest codes, about nearest first, separated by commas; null where no graph is of
-- this length. A statement for each length, planned once a session: the graph is recognised by the number, written out,
-- and without statistics the planner would rather sort.
DO $do$
DECLARE
  lengths integer[] := ARRAY[256, 384, 512, 768, 1024, 1536, 3072];
  size integer;
BEGIN
  FOREACH size IN ARRAY lengths LOOP
    EXECUTE format('CREATE INDEX embeddings_code_%1$s_idx ON embeddings USING hnsw ((code::bit(%1$s)) bit_hamming_ops)
      WITH (m = 12, ef_construction = 64) WHERE dimensions = %1$s', size);
  END LOOP;
  EXECUTE format($format$
    CREATE FUNCTION athena_nearest(space text, question text, wanted integer) RETURNS text LANGUAGE plpgsql STABLE STRICT
    SET plan_cache_mode = force_generic_plan
    SET enable_sort = off
    SET hnsw.iterative_scan = 'relaxed_order'
    SET hnsw.max_scan_tuples = 4000
    SET hnsw.ef_search = 100
    AS $$
    BEGIN
      PERFORM set_config('hnsw.ef_search', least(greatest(wanted, 40), 1000)::text, true);
      CASE length(question) %s
      ELSE RETURN NULL;
      END CASE;
    END $$ $format$,
    (SELECT string_agg(format($branch$
      WHEN %1$s THEN RETURN (SELECT string_agg(document_row::text, ',') FROM (
        SELECT document_row FROM embeddings WHERE dimensions = %1$s AND space_id = space
        ORDER BY code::bit(%1$s) <~> question::bit(%1$s) LIMIT wanted
      ) AS found);$branch$, each), '' ORDER BY each) FROM unnest(lengths) AS each));
END $do$;
