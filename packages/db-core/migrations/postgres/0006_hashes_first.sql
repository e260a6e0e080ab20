-- A hash finds an episode or an observation, as it does a memory.
DROP INDEX "episodes_project_id_content_hash_idx";--> statement-breakpoint
DROP INDEX "observations_entity_id_content_hash_idx";--> statement-breakpoint
CREATE UNIQUE INDEX "episodes_content_hash_project_id_idx" ON "episodes" USING btree ("tenant_id","content_hash","project_id");--> statement-breakpoint
CREATE UNIQUE INDEX "observations_content_hash_entity_id_idx" ON "observations" USING btree ("tenant_id","content_hash","entity_id") WHERE "observations"."superseded_at" is null;