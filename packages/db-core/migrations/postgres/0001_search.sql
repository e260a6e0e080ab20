-- Full text: the stems as they are, without a dictionary of the database's own.
ALTER TABLE "documents" ADD COLUMN "terms" tsvector GENERATED ALWAYS AS (array_to_tsvector(string_to_array("stems", ' '))) STORED;--> statement-breakpoint
CREATE INDEX "documents_terms_idx" ON "documents" USING gin ("terms");--> statement-breakpoint
-- Vectors: one graph for each common number of dimensions, in half precision.
CREATE INDEX "embeddings_vector_256_idx" ON "embeddings" USING hnsw ((("vector")::halfvec(256)) halfvec_cosine_ops) WHERE "dimensions" = 256;--> statement-breakpoint
CREATE INDEX "embeddings_vector_384_idx" ON "embeddings" USING hnsw ((("vector")::halfvec(384)) halfvec_cosine_ops) WHERE "dimensions" = 384;--> statement-breakpoint
CREATE INDEX "embeddings_vector_512_idx" ON "embeddings" USING hnsw ((("vector")::halfvec(512)) halfvec_cosine_ops) WHERE "dimensions" = 512;--> statement-breakpoint
CREATE INDEX "embeddings_vector_768_idx" ON "embeddings" USING hnsw ((("vector")::halfvec(768)) halfvec_cosine_ops) WHERE "dimensions" = 768;--> statement-breakpoint
CREATE INDEX "embeddings_vector_1024_idx" ON "embeddings" USING hnsw ((("vector")::halfvec(1024)) halfvec_cosine_ops) WHERE "dimensions" = 1024;--> statement-breakpoint
CREATE INDEX "embeddings_vector_1536_idx" ON "embeddings" USING hnsw ((("vector")::halfvec(1536)) halfvec_cosine_ops) WHERE "dimensions" = 1536;--> statement-breakpoint
CREATE INDEX "embeddings_vector_3072_idx" ON "embeddings" USING hnsw ((("vector")::halfvec(3072)) halfvec_cosine_ops) WHERE "dimensions" = 3072;--> statement-breakpoint
-- Row security keeps `@@` away from the index. These run as a role that sees all rows, and name the tenant.
-- Stems come separated by spaces and are quoted one by one: none is read as a query.
CREATE FUNCTION athena_stem_query(stems text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT string_agg('''' || replace(replace(stem, '\', '\\'), '''', '''''') || '''', ' | ')::tsquery
  FROM unnest(string_to_array(stems, ' ')) AS stem WHERE stem <> ''
$$;--> statement-breakpoint
CREATE FUNCTION athena_text_candidates(stems text) RETURNS SETOF bigint LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER ROWS 1500
SET random_page_cost = 1.1
AS $$
DECLARE
  sought tsquery := athena_stem_query(stems);
BEGIN
  RETURN QUERY SELECT row_number FROM documents
    WHERE tenant_id = current_setting('athena.tenant_id', true) AND terms @@ sought;
END $$;--> statement-breakpoint
CREATE FUNCTION athena_stem_frequencies(stems text) RETURNS TABLE (stem text, frequency bigint) LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER
SET random_page_cost = 1.1
AS $$
BEGIN
  FOR stem IN SELECT unnest(string_to_array(stems, ' ')) LOOP
    frequency := (SELECT count(*) FROM documents AS d
      WHERE d.tenant_id = current_setting('athena.tenant_id', true) AND d.terms @@ athena_stem_query(stem));
    RETURN NEXT;
  END LOOP;
END $$;--> statement-breakpoint
DO $$
BEGIN
  EXECUTE format('ALTER FUNCTION athena_text_candidates(text) SET search_path = pg_catalog, %I, pg_temp', current_schema());
  EXECUTE format('ALTER FUNCTION athena_stem_frequencies(text) SET search_path = pg_catalog, %I, pg_temp', current_schema());
END $$;
