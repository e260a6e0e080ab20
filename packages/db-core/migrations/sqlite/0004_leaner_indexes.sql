DROP INDEX `embeddings_space_id_idx`;--> statement-breakpoint
DROP INDEX `memories_project_id_content_hash_idx`;--> statement-breakpoint
CREATE UNIQUE INDEX `memories_content_hash_project_id_idx` ON `memories` (`content_hash`,`project_id`,`tenant_id`) WHERE "memories"."superseded_at" is null;--> statement-breakpoint
-- A row number says enough: the log holds many.
DROP TRIGGER embedding_log_insert;--> statement-breakpoint
DROP TRIGGER embedding_log_update;--> statement-breakpoint
DROP TRIGGER embedding_log_delete;--> statement-breakpoint
ALTER TABLE embedding_log DROP COLUMN space_id;--> statement-breakpoint
CREATE TRIGGER embedding_log_insert AFTER INSERT ON embeddings BEGIN
  INSERT INTO embedding_log(row_number) VALUES (new.row_number);
END;--> statement-breakpoint
CREATE TRIGGER embedding_log_update AFTER UPDATE ON embeddings BEGIN
  INSERT INTO embedding_log(row_number) VALUES (new.row_number);
END;--> statement-breakpoint
CREATE TRIGGER embedding_log_delete AFTER DELETE ON embeddings BEGIN
  INSERT INTO embedding_log(row_number) VALUES (old.row_number);
END;
