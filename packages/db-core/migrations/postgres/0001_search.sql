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
CREATE INDEX "embeddings_vector_3072_idx" ON "embeddings" USING hnsw ((("vector")::halfvec(3072)) halfvec_cosine_ops) WHERE "dimensions" = 3072;
