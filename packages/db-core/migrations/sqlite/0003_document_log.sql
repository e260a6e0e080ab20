-- What changed among the documents, in order: what each process keeps of them in memory follows it.
CREATE TABLE document_log (
  sequence integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  row_number integer NOT NULL
);--> statement-breakpoint
CREATE TRIGGER document_log_insert AFTER INSERT ON documents BEGIN
  INSERT INTO document_log(row_number) VALUES (new.row_number);
END;--> statement-breakpoint
CREATE TRIGGER document_log_update AFTER UPDATE ON documents BEGIN
  INSERT INTO document_log(row_number) VALUES (new.row_number);
END;--> statement-breakpoint
CREATE TRIGGER document_log_delete AFTER DELETE ON documents BEGIN
  INSERT INTO document_log(row_number) VALUES (old.row_number);
END;--> statement-breakpoint
-- A process that missed more than the log holds reads everything anew.
CREATE TRIGGER document_log_trim AFTER INSERT ON document_log WHEN new.sequence % 4096 = 0 BEGIN
  DELETE FROM document_log WHERE sequence <= new.sequence - 16384;
END;
