CREATE TABLE `access_log` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`layer` text NOT NULL,
	`item_id` text NOT NULL,
	`access_kind` text NOT NULL,
	`activation` real NOT NULL,
	`session_id` text,
	`accessed_at` integer NOT NULL,
	`coactivated_at` integer,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `access_log_project_id_accessed_at_idx` ON `access_log` (`project_id`,`accessed_at`);--> statement-breakpoint
CREATE INDEX `access_log_project_id_layer_item_id_accessed_at_idx` ON `access_log` (`project_id`,`layer`,`item_id`,`accessed_at`);--> statement-breakpoint
CREATE INDEX `access_log_project_id_session_id_accessed_at_idx` ON `access_log` (`project_id`,`session_id`,`accessed_at`);--> statement-breakpoint
CREATE INDEX `access_log_project_id_coactivated_at_accessed_at_idx` ON `access_log` (`project_id`,`coactivated_at`,`accessed_at`);--> statement-breakpoint
CREATE TABLE `associations` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`from_layer` text NOT NULL,
	`from_id` text NOT NULL,
	`to_layer` text NOT NULL,
	`to_id` text NOT NULL,
	`kind` text NOT NULL,
	`strength` real NOT NULL,
	`co_occurrences` integer NOT NULL,
	`last_coactivated_at` integer,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `associations_project_id_ends_kind_idx` ON `associations` (`project_id`,`from_layer`,`from_id`,`to_layer`,`to_id`,`kind`,`tenant_id`);--> statement-breakpoint
CREATE INDEX `associations_project_id_to_layer_to_id_idx` ON `associations` (`project_id`,`to_layer`,`to_id`);--> statement-breakpoint
CREATE INDEX `associations_project_id_strength_idx` ON `associations` (`project_id`,`strength`);--> statement-breakpoint
CREATE TABLE `attention_focus` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`session_id` text,
	`target_layer` text NOT NULL,
	`target_id` text NOT NULL,
	`weight` real NOT NULL,
	`focus_level` text NOT NULL,
	`transition` text NOT NULL,
	`reason` text,
	`previous_id` text,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `attention_focus_project_id_session_id_started_at_idx` ON `attention_focus` (`project_id`,`session_id`,`started_at`);--> statement-breakpoint
CREATE INDEX `attention_focus_project_id_ended_at_started_at_idx` ON `attention_focus` (`project_id`,`ended_at`,`started_at`);--> statement-breakpoint
CREATE INDEX `attention_focus_project_id_target_layer_target_id_idx` ON `attention_focus` (`project_id`,`target_layer`,`target_id`);--> statement-breakpoint
CREATE TABLE `calibration` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`domain` text,
	`layer` text,
	`item_id` text,
	`reported_confidence` real NOT NULL,
	`actual_confidence` real NOT NULL,
	`recorded_at` integer NOT NULL,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `calibration_project_id_recorded_at_idx` ON `calibration` (`project_id`,`recorded_at`);--> statement-breakpoint
CREATE INDEX `calibration_project_id_domain_recorded_at_idx` ON `calibration` (`project_id`,`domain`,`recorded_at`);--> statement-breakpoint
CREATE INDEX `calibration_project_id_layer_item_id_idx` ON `calibration` (`project_id`,`layer`,`item_id`);--> statement-breakpoint
CREATE TABLE `communities` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`level` integer NOT NULL,
	`parent_id` text,
	`label` text,
	`member_hash` text NOT NULL,
	`member_count` integer NOT NULL,
	`density` real NOT NULL,
	`internal_edges` integer NOT NULL,
	`external_edges` integer NOT NULL,
	`modularity` real NOT NULL,
	`summary` text,
	`summary_method` text,
	`summary_model` text,
	`summarized_at` integer,
	`detected_at` integer NOT NULL,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`parent_id`) REFERENCES `communities`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `communities_project_id_level_member_count_idx` ON `communities` (`project_id`,`level`,`member_count`);--> statement-breakpoint
CREATE INDEX `communities_parent_id_idx` ON `communities` (`parent_id`);--> statement-breakpoint
CREATE TABLE `community_members` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`community_id` text NOT NULL,
	`entity_id` text NOT NULL,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`community_id`) REFERENCES `communities`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`entity_id`) REFERENCES `entities`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `community_members_community_id_entity_id_idx` ON `community_members` (`community_id`,`entity_id`,`tenant_id`);--> statement-breakpoint
CREATE INDEX `community_members_entity_id_idx` ON `community_members` (`entity_id`);--> statement-breakpoint
CREATE INDEX `community_members_project_id_idx` ON `community_members` (`project_id`);--> statement-breakpoint
CREATE TABLE `context_snapshots` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`session_id` text,
	`thread_id` text,
	`label` text,
	`reason` text NOT NULL,
	`content` text NOT NULL,
	`state` text NOT NULL,
	`tokens` integer NOT NULL,
	`taken_at` integer NOT NULL,
	`recovered_at` integer,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`session_id`) REFERENCES `sessions`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`thread_id`) REFERENCES `threads`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `context_snapshots_project_id_taken_at_idx` ON `context_snapshots` (`project_id`,`taken_at`);--> statement-breakpoint
CREATE INDEX `context_snapshots_session_id_taken_at_idx` ON `context_snapshots` (`session_id`,`taken_at`);--> statement-breakpoint
CREATE INDEX `context_snapshots_thread_id_taken_at_idx` ON `context_snapshots` (`thread_id`,`taken_at`);--> statement-breakpoint
CREATE TABLE `conversation_summaries` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`session_id` text NOT NULL,
	`thread_id` text,
	`content` text NOT NULL,
	`from_position` integer,
	`to_position` integer,
	`tokens` integer NOT NULL,
	`method` text NOT NULL,
	`model` text,
	`summarized_at` integer NOT NULL,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`session_id`) REFERENCES `sessions`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`thread_id`) REFERENCES `threads`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `conversation_summaries_session_id_summarized_at_idx` ON `conversation_summaries` (`session_id`,`summarized_at`);--> statement-breakpoint
CREATE INDEX `conversation_summaries_thread_id_summarized_at_idx` ON `conversation_summaries` (`thread_id`,`summarized_at`);--> statement-breakpoint
CREATE INDEX `conversation_summaries_project_id_summarized_at_idx` ON `conversation_summaries` (`project_id`,`summarized_at`);--> statement-breakpoint
CREATE TABLE `domain_coverage` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`domain` text NOT NULL,
	`category` text NOT NULL,
	`memory_count` integer NOT NULL,
	`episode_count` integer NOT NULL,
	`procedure_count` integer NOT NULL,
	`entity_count` integer NOT NULL,
	`mean_confidence` real,
	`mean_usefulness` real,
	`strengths` text NOT NULL,
	`expertise_score` real,
	`expertise_level` text,
	`first_seen_at` integer,
	`assessed_at` integer NOT NULL,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `domain_coverage_project_id_domain_idx` ON `domain_coverage` (`project_id`,`domain`,`tenant_id`);--> statement-breakpoint
CREATE INDEX `domain_coverage_project_id_expertise_score_idx` ON `domain_coverage` (`project_id`,`expertise_score`);--> statement-breakpoint
CREATE TABLE `entities` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`name` text NOT NULL,
	`entity_type` text NOT NULL,
	`namespace` text NOT NULL,
	`metadata` text NOT NULL,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `entities_project_id_namespace_entity_type_name_idx` ON `entities` (`project_id`,`namespace`,`entity_type`,`name`,`tenant_id`);--> statement-breakpoint
CREATE INDEX `entities_project_id_name_idx` ON `entities` (`project_id`,`name`);--> statement-breakpoint
CREATE INDEX `entities_project_id_entity_type_name_idx` ON `entities` (`project_id`,`entity_type`,`name`);--> statement-breakpoint
CREATE INDEX `entities_project_id_created_at_idx` ON `entities` (`project_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `episode_files` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`episode_id` text NOT NULL,
	`path` text NOT NULL,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`episode_id`) REFERENCES `episodes`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `episode_files_episode_id_path_idx` ON `episode_files` (`episode_id`,`path`,`tenant_id`);--> statement-breakpoint
CREATE INDEX `episode_files_project_id_path_idx` ON `episode_files` (`project_id`,`path`);--> statement-breakpoint
CREATE TABLE `episode_metrics` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`episode_id` text NOT NULL,
	`name` text NOT NULL,
	`value` real NOT NULL,
	`unit` text,
	`measured_at` integer NOT NULL,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`episode_id`) REFERENCES `episodes`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `episode_metrics_episode_id_measured_at_idx` ON `episode_metrics` (`episode_id`,`measured_at`);--> statement-breakpoint
CREATE INDEX `episode_metrics_project_id_name_measured_at_idx` ON `episode_metrics` (`project_id`,`name`,`measured_at`);--> statement-breakpoint
CREATE TABLE `episode_relations` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`from_id` text NOT NULL,
	`to_id` text NOT NULL,
	`relation_type` text NOT NULL,
	`strength` real NOT NULL,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`from_id`) REFERENCES `episodes`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`to_id`) REFERENCES `episodes`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `episode_relations_from_id_to_id_relation_type_idx` ON `episode_relations` (`from_id`,`to_id`,`relation_type`,`tenant_id`);--> statement-breakpoint
CREATE INDEX `episode_relations_to_id_idx` ON `episode_relations` (`to_id`);--> statement-breakpoint
CREATE INDEX `episode_relations_project_id_idx` ON `episode_relations` (`project_id`);--> statement-breakpoint
CREATE TABLE `episode_symbols` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`episode_id` text NOT NULL,
	`symbol` text NOT NULL,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`episode_id`) REFERENCES `episodes`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `episode_symbols_episode_id_symbol_idx` ON `episode_symbols` (`episode_id`,`symbol`,`tenant_id`);--> statement-breakpoint
CREATE INDEX `episode_symbols_project_id_symbol_idx` ON `episode_symbols` (`project_id`,`symbol`);--> statement-breakpoint
CREATE TABLE `episodes` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`session_id` text,
	`occurred_at` integer NOT NULL,
	`event_type` text NOT NULL,
	`content` text NOT NULL,
	`content_hash` text NOT NULL,
	`outcome` text,
	`learned` text,
	`confidence` real NOT NULL,
	`surprise` real,
	`cwd` text,
	`task` text,
	`phase` text,
	`branch` text,
	`duration_ms` integer,
	`files_changed` integer,
	`lines_added` integer,
	`lines_deleted` integer,
	`code` text,
	`source` text,
	`consolidation_state` text NOT NULL,
	`consolidated_at` integer,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `episodes_project_id_content_hash_idx` ON `episodes` (`project_id`,`content_hash`,`tenant_id`);--> statement-breakpoint
CREATE INDEX `episodes_project_id_occurred_at_idx` ON `episodes` (`project_id`,`occurred_at`);--> statement-breakpoint
CREATE INDEX `episodes_project_id_session_id_occurred_at_idx` ON `episodes` (`project_id`,`session_id`,`occurred_at`);--> statement-breakpoint
CREATE INDEX `episodes_project_id_event_type_occurred_at_idx` ON `episodes` (`project_id`,`event_type`,`occurred_at`);--> statement-breakpoint
CREATE INDEX `episodes_project_id_outcome_occurred_at_idx` ON `episodes` (`project_id`,`outcome`,`occurred_at`);--> statement-breakpoint
CREATE INDEX `episodes_project_id_consolidation_state_occurred_at_idx` ON `episodes` (`project_id`,`consolidation_state`,`occurred_at`);--> statement-breakpoint
CREATE INDEX `episodes_project_id_surprise_idx` ON `episodes` (`project_id`,`surprise`);--> statement-breakpoint
CREATE TABLE `ingestion_cursors` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`source` text NOT NULL,
	`source_kind` text NOT NULL,
	`cursor` text NOT NULL,
	`episode_count` integer NOT NULL,
	`ingested_at` integer NOT NULL,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ingestion_cursors_project_id_source_kind_source_idx` ON `ingestion_cursors` (`project_id`,`source_kind`,`source`,`tenant_id`);--> statement-breakpoint
CREATE TABLE `inhibitions` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`target_layer` text NOT NULL,
	`target_id` text NOT NULL,
	`kind` text NOT NULL,
	`strength` real NOT NULL,
	`reason` text,
	`inhibited_at` integer NOT NULL,
	`expires_at` integer,
	`released_at` integer,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `inhibitions_project_id_target_layer_target_id_idx` ON `inhibitions` (`project_id`,`target_layer`,`target_id`);--> statement-breakpoint
CREATE INDEX `inhibitions_project_id_inhibited_at_idx` ON `inhibitions` (`project_id`,`inhibited_at`);--> statement-breakpoint
CREATE INDEX `inhibitions_project_id_expires_at_idx` ON `inhibitions` (`project_id`,`expires_at`);--> statement-breakpoint
CREATE TABLE `knowledge_gaps` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`domain` text,
	`description` text NOT NULL,
	`severity` real NOT NULL,
	`evidence` text NOT NULL,
	`detected_at` integer NOT NULL,
	`resolved_at` integer,
	`resolution` text,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `knowledge_gaps_project_id_kind_subject_idx` ON `knowledge_gaps` (`project_id`,`kind`,`subject`,`tenant_id`) WHERE "knowledge_gaps"."resolved_at" is null;--> statement-breakpoint
CREATE INDEX `knowledge_gaps_project_id_severity_idx` ON `knowledge_gaps` (`project_id`,`severity`);--> statement-breakpoint
CREATE INDEX `knowledge_gaps_project_id_domain_idx` ON `knowledge_gaps` (`project_id`,`domain`);--> statement-breakpoint
CREATE TABLE `memory_quality` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`layer` text NOT NULL,
	`item_id` text NOT NULL,
	`domain` text,
	`access_count` integer NOT NULL,
	`judged_count` integer NOT NULL,
	`useful_count` integer NOT NULL,
	`usefulness` real,
	`confidence` real,
	`source` text,
	`verified_at` integer,
	`last_accessed_at` integer,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `memory_quality_project_id_layer_item_id_idx` ON `memory_quality` (`project_id`,`layer`,`item_id`,`tenant_id`);--> statement-breakpoint
CREATE INDEX `memory_quality_project_id_usefulness_idx` ON `memory_quality` (`project_id`,`usefulness`);--> statement-breakpoint
CREATE INDEX `memory_quality_project_id_layer_usefulness_idx` ON `memory_quality` (`project_id`,`layer`,`usefulness`);--> statement-breakpoint
CREATE INDEX `memory_quality_project_id_domain_idx` ON `memory_quality` (`project_id`,`domain`);--> statement-breakpoint
CREATE TABLE `messages` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`thread_id` text NOT NULL,
	`position` integer NOT NULL,
	`role` text NOT NULL,
	`speaker` text,
	`content` text NOT NULL,
	`tokens` integer NOT NULL,
	`model` text,
	`metadata` text NOT NULL,
	`said_at` integer NOT NULL,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`thread_id`) REFERENCES `threads`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_thread_id_position_idx` ON `messages` (`thread_id`,`position`,`tenant_id`);--> statement-breakpoint
CREATE INDEX `messages_project_id_said_at_idx` ON `messages` (`project_id`,`said_at`);--> statement-breakpoint
CREATE TABLE `observations` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`entity_id` text NOT NULL,
	`content` text NOT NULL,
	`content_hash` text NOT NULL,
	`confidence` real NOT NULL,
	`source` text,
	`observed_at` integer NOT NULL,
	`valid_from` integer,
	`valid_until` integer,
	`superseded_by` text,
	`superseded_at` integer,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`entity_id`) REFERENCES `entities`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`superseded_by`) REFERENCES `observations`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `observations_entity_id_content_hash_idx` ON `observations` (`entity_id`,`content_hash`,`tenant_id`) WHERE "observations"."superseded_at" is null;--> statement-breakpoint
CREATE INDEX `observations_entity_id_observed_at_idx` ON `observations` (`entity_id`,`observed_at`);--> statement-breakpoint
CREATE INDEX `observations_superseded_by_idx` ON `observations` (`superseded_by`);--> statement-breakpoint
CREATE INDEX `observations_project_id_observed_at_idx` ON `observations` (`project_id`,`observed_at`);--> statement-breakpoint
CREATE TABLE `promotions` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`entity_id` text NOT NULL,
	`from_namespace` text NOT NULL,
	`to_namespace` text NOT NULL,
	`reason` text,
	`promoted_at` integer NOT NULL,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`entity_id`) REFERENCES `entities`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `promotions_entity_id_promoted_at_idx` ON `promotions` (`entity_id`,`promoted_at`);--> statement-breakpoint
CREATE INDEX `promotions_project_id_promoted_at_idx` ON `promotions` (`project_id`,`promoted_at`);--> statement-breakpoint
CREATE TABLE `relations` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`from_id` text NOT NULL,
	`to_id` text NOT NULL,
	`relation_type` text NOT NULL,
	`strength` real NOT NULL,
	`confidence` real NOT NULL,
	`valid_from` integer,
	`valid_until` integer,
	`superseded_at` integer,
	`metadata` text NOT NULL,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`from_id`) REFERENCES `entities`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`to_id`) REFERENCES `entities`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `relations_from_id_to_id_relation_type_idx` ON `relations` (`from_id`,`to_id`,`relation_type`,`tenant_id`) WHERE "relations"."valid_until" is null and "relations"."superseded_at" is null;--> statement-breakpoint
CREATE INDEX `relations_from_id_idx` ON `relations` (`from_id`);--> statement-breakpoint
CREATE INDEX `relations_to_id_idx` ON `relations` (`to_id`);--> statement-breakpoint
CREATE INDEX `relations_project_id_relation_type_idx` ON `relations` (`project_id`,`relation_type`);--> statement-breakpoint
CREATE TABLE `router_models` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`version` integer NOT NULL,
	`algorithm` text NOT NULL,
	`model` text NOT NULL,
	`feature_names` text NOT NULL,
	`layers` text NOT NULL,
	`sample_count` integer NOT NULL,
	`accuracy` real,
	`trained_at` integer NOT NULL,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `router_models_project_id_idx` ON `router_models` (`project_id`,`tenant_id`);--> statement-breakpoint
CREATE TABLE `routes` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`item_id` text NOT NULL,
	`item` text NOT NULL,
	`features` text NOT NULL,
	`target_layer` text NOT NULL,
	`actual_layer` text,
	`actual_id` text,
	`confidence` real NOT NULL,
	`method` text NOT NULL,
	`model_version` integer,
	`routed_at` integer NOT NULL,
	`was_correct` integer,
	`correct_layer` text,
	`feedback_at` integer,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `routes_project_id_routed_at_idx` ON `routes` (`project_id`,`routed_at`);--> statement-breakpoint
CREATE INDEX `routes_project_id_item_id_idx` ON `routes` (`project_id`,`item_id`);--> statement-breakpoint
CREATE INDEX `routes_project_id_actual_layer_actual_id_idx` ON `routes` (`project_id`,`actual_layer`,`actual_id`);--> statement-breakpoint
CREATE INDEX `routes_project_id_was_correct_routed_at_idx` ON `routes` (`project_id`,`was_correct`,`routed_at`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`external_id` text,
	`title` text,
	`agent` text,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`context` text NOT NULL,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_project_id_external_id_idx` ON `sessions` (`project_id`,`external_id`,`tenant_id`);--> statement-breakpoint
CREATE INDEX `sessions_project_id_started_at_idx` ON `sessions` (`project_id`,`started_at`);--> statement-breakpoint
CREATE TABLE `threads` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`session_id` text NOT NULL,
	`title` text,
	`tags` text NOT NULL,
	`started_at` integer NOT NULL,
	`last_active_at` integer NOT NULL,
	`archived_at` integer,
	`message_count` integer NOT NULL,
	`token_count` integer NOT NULL,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`session_id`) REFERENCES `sessions`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `threads_session_id_started_at_idx` ON `threads` (`session_id`,`started_at`);--> statement-breakpoint
CREATE INDEX `threads_project_id_last_active_at_idx` ON `threads` (`project_id`,`last_active_at`);--> statement-breakpoint
CREATE TABLE `transfers` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`from_project_id` text NOT NULL,
	`layer` text NOT NULL,
	`from_id` text NOT NULL,
	`to_id` text,
	`applicability` real NOT NULL,
	`reason` text,
	`transferred_at` integer NOT NULL,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `transfers_project_id_transferred_at_idx` ON `transfers` (`project_id`,`transferred_at`);--> statement-breakpoint
CREATE INDEX `transfers_from_project_id_transferred_at_idx` ON `transfers` (`from_project_id`,`transferred_at`);--> statement-breakpoint
CREATE INDEX `transfers_layer_from_id_idx` ON `transfers` (`layer`,`from_id`);--> statement-breakpoint
CREATE INDEX `transfers_layer_to_id_idx` ON `transfers` (`layer`,`to_id`);--> statement-breakpoint
CREATE TABLE `working_goals` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`parent_id` text,
	`content` text NOT NULL,
	`goal_type` text NOT NULL,
	`priority` integer NOT NULL,
	`status` text NOT NULL,
	`progress` real NOT NULL,
	`completion_criteria` text,
	`due_at` integer,
	`suspended_at` integer,
	`completed_at` integer,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`parent_id`) REFERENCES `working_goals`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `working_goals_parent_id_idx` ON `working_goals` (`parent_id`);--> statement-breakpoint
CREATE INDEX `working_goals_project_id_status_priority_idx` ON `working_goals` (`project_id`,`status`,`priority`);--> statement-breakpoint
CREATE INDEX `working_goals_project_id_created_at_idx` ON `working_goals` (`project_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `working_item_parts` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`item_id` text NOT NULL,
	`position` integer NOT NULL,
	`part_layer` text NOT NULL,
	`part_id` text NOT NULL,
	`snapshot` text,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`item_id`) REFERENCES `working_items`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `working_item_parts_item_id_position_idx` ON `working_item_parts` (`item_id`,`position`,`tenant_id`);--> statement-breakpoint
CREATE INDEX `working_item_parts_project_id_part_layer_part_id_idx` ON `working_item_parts` (`project_id`,`part_layer`,`part_id`);--> statement-breakpoint
CREATE TABLE `working_items` (
	`tenant_id` text DEFAULT 'default' NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`content` text NOT NULL,
	`content_type` text NOT NULL,
	`component` text NOT NULL,
	`activation` real NOT NULL,
	`importance` real NOT NULL,
	`decay_rate` real NOT NULL,
	`last_accessed_at` integer NOT NULL,
	`access_count` integer NOT NULL,
	`focused_at` integer,
	`tags` text NOT NULL,
	`source` text,
	`origin` text,
	`path` text,
	`path_kind` text,
	PRIMARY KEY(`id`, `tenant_id`),
	FOREIGN KEY (`tenant_id`,`project_id`) REFERENCES `projects`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `working_items_project_id_path_idx` ON `working_items` (`project_id`,`path`,`tenant_id`);--> statement-breakpoint
CREATE INDEX `working_items_project_id_component_idx` ON `working_items` (`project_id`,`component`);--> statement-breakpoint
CREATE INDEX `working_items_project_id_last_accessed_at_idx` ON `working_items` (`project_id`,`last_accessed_at`);