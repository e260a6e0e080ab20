CREATE TABLE `derivations` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`derived_layer` text NOT NULL,
	`derived_id` text NOT NULL,
	`evidence_layer` text NOT NULL,
	`evidence_id` text NOT NULL,
	`evidence_span` text,
	`method` text NOT NULL,
	`model` text,
	`prompt_hash` text,
	`confidence` real NOT NULL,
	`run_id` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`id`, `tenant_id`)
);
--> statement-breakpoint
CREATE INDEX `derivations_derived_idx` ON `derivations` (`derived_layer`,`derived_id`);--> statement-breakpoint
CREATE INDEX `derivations_evidence_idx` ON `derivations` (`evidence_layer`,`evidence_id`);--> statement-breakpoint
CREATE TABLE `documents` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`row_number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`layer` text NOT NULL,
	`source_id` text NOT NULL,
	`kind` text NOT NULL,
	`content` text NOT NULL,
	`speaker` text,
	`role` text,
	`group_id` text,
	`position` integer,
	`importance` real,
	`tags` text NOT NULL,
	`consolidation_state` text,
	`occurred_at` integer,
	`valid_from` integer,
	`valid_until` integer,
	`stems` text NOT NULL,
	`pieces` text NOT NULL,
	`length` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `documents_layer_source_id_idx` ON `documents` (`layer`,`source_id`,`tenant_id`);--> statement-breakpoint
CREATE INDEX `documents_project_id_layer_idx` ON `documents` (`project_id`,`layer`);--> statement-breakpoint
CREATE INDEX `documents_group_id_position_idx` ON `documents` (`group_id`,`position`);--> statement-breakpoint
CREATE UNIQUE INDEX `documents_id_key` ON `documents` (`id`,`tenant_id`);--> statement-breakpoint
CREATE TABLE `embedding_spaces` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`model` text NOT NULL,
	`revision` text NOT NULL,
	`dimensions` integer NOT NULL,
	`document_prefix` text NOT NULL,
	`query_prefix` text NOT NULL,
	`normalisation` text NOT NULL,
	`kind` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`id`, `tenant_id`)
);
--> statement-breakpoint
CREATE TABLE `embeddings` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`row_number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`space_id` text NOT NULL,
	`document_id` text NOT NULL,
	`piece` integer NOT NULL,
	`dimensions` integer NOT NULL,
	`bits` blob NOT NULL,
	`vector` blob NOT NULL,
	FOREIGN KEY (`tenant_id`,`document_id`) REFERENCES `documents`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`space_id`) REFERENCES `embedding_spaces`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `embeddings_document_id_space_id_piece_idx` ON `embeddings` (`document_id`,`space_id`,`piece`,`tenant_id`);--> statement-breakpoint
CREATE INDEX `embeddings_space_id_idx` ON `embeddings` (`space_id`);--> statement-breakpoint
CREATE TABLE `memories` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`content` text NOT NULL,
	`content_hash` text NOT NULL,
	`memory_type` text NOT NULL,
	`domain` text NOT NULL,
	`tags` text NOT NULL,
	`confidence` real NOT NULL,
	`usefulness` real NOT NULL,
	`access_count` integer NOT NULL,
	`last_accessed_at` integer,
	`last_retrieved_at` integer,
	`consolidation_state` text NOT NULL,
	`version` integer NOT NULL,
	`superseded_by` text,
	`superseded_at` integer,
	`superseded_reason` text,
	`valid_from` integer,
	`valid_until` integer,
	`source` text,
	`trust` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`superseded_by`) REFERENCES `memories`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `memories_project_id_content_hash_idx` ON `memories` (`project_id`,`content_hash`,`tenant_id`) WHERE "memories"."superseded_at" is null;--> statement-breakpoint
CREATE INDEX `memories_project_id_created_at_idx` ON `memories` (`project_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `memories_superseded_by_idx` ON `memories` (`superseded_by`);--> statement-breakpoint
CREATE TABLE `projects` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`path` text,
	`language` text,
	`description` text,
	`settings` text NOT NULL,
	`last_accessed_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`id`, `tenant_id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `projects_name_idx` ON `projects` (`name`,`tenant_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `projects_path_idx` ON `projects` (`path`,`tenant_id`);