DROP INDEX `episodes_project_id_content_hash_idx`;--> statement-breakpoint
CREATE UNIQUE INDEX `episodes_content_hash_project_id_idx` ON `episodes` (`content_hash`,`project_id`,`tenant_id`);--> statement-breakpoint
DROP INDEX `observations_entity_id_content_hash_idx`;--> statement-breakpoint
CREATE UNIQUE INDEX `observations_content_hash_entity_id_idx` ON `observations` (`content_hash`,`entity_id`,`tenant_id`) WHERE "observations"."superseded_at" is null;