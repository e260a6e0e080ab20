-- Full text: keeps no copy of the text and no positions; triggers keep it in step. A token is a stem.
CREATE VIRTUAL TABLE documents_fts USING fts5(stems, content='', contentless_delete=1, detail=none, tokenize="ascii tokenchars '+#._'");--> statement-breakpoint
CREATE VIRTUAL TABLE documents_fts_terms USING fts5vocab(documents_fts, row);--> statement-breakpoint
CREATE TRIGGER documents_fts_insert AFTER INSERT ON documents BEGIN
  INSERT INTO documents_fts(rowid, stems) VALUES (new.row_number, new.stems);
END;--> statement-breakpoint
CREATE TRIGGER documents_fts_update AFTER UPDATE OF stems ON documents BEGIN
  UPDATE documents_fts SET stems = new.stems WHERE rowid = new.row_number;
END;--> statement-breakpoint
CREATE TRIGGER documents_fts_delete AFTER DELETE ON documents BEGIN
  DELETE FROM documents_fts WHERE rowid = old.row_number;
END;--> statement-breakpoint
-- What changed among the vectors, in order: each process keeps its copy of the bits by it.
CREATE TABLE embedding_log (
  sequence integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  space_id text NOT NULL,
  row_number integer NOT NULL
);--> statement-breakpoint
CREATE TRIGGER embedding_log_insert AFTER INSERT ON embeddings BEGIN
  INSERT INTO embedding_log(space_id, row_number) VALUES (new.space_id, new.row_number);
END;--> statement-breakpoint
CREATE TRIGGER embedding_log_update AFTER UPDATE ON embeddings BEGIN
  INSERT INTO embedding_log(space_id, row_number) VALUES (new.space_id, new.row_number);
END;--> statement-breakpoint
CREATE TRIGGER embedding_log_delete AFTER DELETE ON embeddings BEGIN
  INSERT INTO embedding_log(space_id, row_number) VALUES (old.space_id, old.row_number);
END;--> statement-breakpoint
-- A process that missed more than the log holds reads everything anew.
CREATE TRIGGER embedding_log_trim AFTER INSERT ON embedding_log WHEN new.sequence % 4096 = 0 BEGIN
  DELETE FROM embedding_log WHERE sequence <= new.sequence - 16384;
END;
