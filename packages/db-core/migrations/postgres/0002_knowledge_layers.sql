CREATE TABLE "access_log" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"layer" text NOT NULL,
	"item_id" text NOT NULL,
	"access_kind" text NOT NULL,
	"activation" double precision NOT NULL,
	"session_id" text,
	"accessed_at" timestamp (3) with time zone NOT NULL,
	"coactivated_at" timestamp (3) with time zone,
	CONSTRAINT "access_log_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "access_log" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "associations" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"from_layer" text NOT NULL,
	"from_id" text NOT NULL,
	"to_layer" text NOT NULL,
	"to_id" text NOT NULL,
	"kind" text NOT NULL,
	"strength" double precision NOT NULL,
	"co_occurrences" integer NOT NULL,
	"last_coactivated_at" timestamp (3) with time zone,
	CONSTRAINT "associations_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "associations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "attention_focus" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"session_id" text,
	"target_layer" text NOT NULL,
	"target_id" text NOT NULL,
	"weight" double precision NOT NULL,
	"focus_level" text NOT NULL,
	"transition" text NOT NULL,
	"reason" text,
	"previous_id" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "attention_focus_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "attention_focus" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "calibration" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"domain" text,
	"layer" text,
	"item_id" text,
	"reported_confidence" double precision NOT NULL,
	"actual_confidence" double precision NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "calibration_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "calibration" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "communities" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"level" integer NOT NULL,
	"parent_id" text,
	"label" text,
	"member_hash" text NOT NULL,
	"member_count" integer NOT NULL,
	"density" double precision NOT NULL,
	"internal_edges" integer NOT NULL,
	"external_edges" integer NOT NULL,
	"modularity" double precision NOT NULL,
	"summary" text,
	"summary_method" text,
	"summary_model" text,
	"summarized_at" timestamp (3) with time zone,
	"detected_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "communities_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "communities" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "community_members" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"community_id" text NOT NULL,
	"entity_id" text NOT NULL,
	CONSTRAINT "community_members_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "community_members" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "context_snapshots" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"session_id" text,
	"thread_id" text,
	"label" text,
	"reason" text NOT NULL,
	"content" text NOT NULL,
	"state" jsonb NOT NULL,
	"tokens" integer NOT NULL,
	"taken_at" timestamp (3) with time zone NOT NULL,
	"recovered_at" timestamp (3) with time zone,
	CONSTRAINT "context_snapshots_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "context_snapshots" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "conversation_summaries" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"session_id" text NOT NULL,
	"thread_id" text,
	"content" text NOT NULL,
	"from_position" integer,
	"to_position" integer,
	"tokens" integer NOT NULL,
	"method" text NOT NULL,
	"model" text,
	"summarized_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "conversation_summaries_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "conversation_summaries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "domain_coverage" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"domain" text NOT NULL,
	"category" text NOT NULL,
	"memory_count" integer NOT NULL,
	"episode_count" integer NOT NULL,
	"procedure_count" integer NOT NULL,
	"entity_count" integer NOT NULL,
	"mean_confidence" double precision,
	"mean_usefulness" double precision,
	"strengths" jsonb NOT NULL,
	"expertise_score" double precision,
	"expertise_level" text,
	"first_seen_at" timestamp (3) with time zone,
	"assessed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "domain_coverage_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "domain_coverage" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "entities" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"name" text NOT NULL,
	"entity_type" text NOT NULL,
	"namespace" text NOT NULL,
	"metadata" jsonb NOT NULL,
	CONSTRAINT "entities_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "entities" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "episode_files" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"episode_id" text NOT NULL,
	"path" text NOT NULL,
	CONSTRAINT "episode_files_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "episode_files" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "episode_metrics" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"episode_id" text NOT NULL,
	"name" text NOT NULL,
	"value" double precision NOT NULL,
	"unit" text,
	"measured_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "episode_metrics_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "episode_metrics" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "episode_relations" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"from_id" text NOT NULL,
	"to_id" text NOT NULL,
	"relation_type" text NOT NULL,
	"strength" double precision NOT NULL,
	CONSTRAINT "episode_relations_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "episode_relations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "episode_symbols" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"episode_id" text NOT NULL,
	"symbol" text NOT NULL,
	CONSTRAINT "episode_symbols_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "episode_symbols" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "episodes" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"session_id" text,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"event_type" text NOT NULL,
	"content" text NOT NULL,
	"content_hash" text NOT NULL,
	"outcome" text,
	"learned" text,
	"confidence" double precision NOT NULL,
	"surprise" double precision,
	"cwd" text,
	"task" text,
	"phase" text,
	"branch" text,
	"duration_ms" integer,
	"files_changed" integer,
	"lines_added" integer,
	"lines_deleted" integer,
	"code" jsonb,
	"source" text,
	"consolidation_state" text NOT NULL,
	"consolidated_at" timestamp (3) with time zone,
	CONSTRAINT "episodes_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "episodes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "ingestion_cursors" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"source" text NOT NULL,
	"source_kind" text NOT NULL,
	"cursor" jsonb NOT NULL,
	"episode_count" integer NOT NULL,
	"ingested_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ingestion_cursors_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "ingestion_cursors" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "inhibitions" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"target_layer" text NOT NULL,
	"target_id" text NOT NULL,
	"kind" text NOT NULL,
	"strength" double precision NOT NULL,
	"reason" text,
	"inhibited_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"released_at" timestamp (3) with time zone,
	CONSTRAINT "inhibitions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "inhibitions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "knowledge_gaps" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"domain" text,
	"description" text NOT NULL,
	"severity" double precision NOT NULL,
	"evidence" jsonb NOT NULL,
	"detected_at" timestamp (3) with time zone NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"resolution" text,
	CONSTRAINT "knowledge_gaps_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "knowledge_gaps" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "memory_quality" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"layer" text NOT NULL,
	"item_id" text NOT NULL,
	"domain" text,
	"access_count" integer NOT NULL,
	"judged_count" integer NOT NULL,
	"useful_count" integer NOT NULL,
	"usefulness" double precision,
	"confidence" double precision,
	"source" text,
	"verified_at" timestamp (3) with time zone,
	"last_accessed_at" timestamp (3) with time zone,
	CONSTRAINT "memory_quality_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "memory_quality" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "messages" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"thread_id" text NOT NULL,
	"position" integer NOT NULL,
	"role" text NOT NULL,
	"speaker" text,
	"content" text NOT NULL,
	"tokens" integer NOT NULL,
	"model" text,
	"metadata" jsonb NOT NULL,
	"said_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "messages_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "messages" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "observations" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"entity_id" text NOT NULL,
	"content" text NOT NULL,
	"content_hash" text NOT NULL,
	"confidence" double precision NOT NULL,
	"source" text,
	"observed_at" timestamp (3) with time zone NOT NULL,
	"valid_from" timestamp (3) with time zone,
	"valid_until" timestamp (3) with time zone,
	"superseded_by" text,
	"superseded_at" timestamp (3) with time zone,
	CONSTRAINT "observations_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "observations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "promotions" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"entity_id" text NOT NULL,
	"from_namespace" text NOT NULL,
	"to_namespace" text NOT NULL,
	"reason" text,
	"promoted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "promotions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "promotions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "relations" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"from_id" text NOT NULL,
	"to_id" text NOT NULL,
	"relation_type" text NOT NULL,
	"strength" double precision NOT NULL,
	"confidence" double precision NOT NULL,
	"valid_from" timestamp (3) with time zone,
	"valid_until" timestamp (3) with time zone,
	"superseded_at" timestamp (3) with time zone,
	"metadata" jsonb NOT NULL,
	CONSTRAINT "relations_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "relations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "router_models" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"version" integer NOT NULL,
	"algorithm" text NOT NULL,
	"model" jsonb NOT NULL,
	"feature_names" jsonb NOT NULL,
	"layers" jsonb NOT NULL,
	"sample_count" integer NOT NULL,
	"accuracy" double precision,
	"trained_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "router_models_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "router_models" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "routes" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"item_id" text NOT NULL,
	"item" jsonb NOT NULL,
	"features" jsonb NOT NULL,
	"target_layer" text NOT NULL,
	"actual_layer" text,
	"actual_id" text,
	"confidence" double precision NOT NULL,
	"method" text NOT NULL,
	"model_version" integer,
	"routed_at" timestamp (3) with time zone NOT NULL,
	"was_correct" boolean,
	"correct_layer" text,
	"feedback_at" timestamp (3) with time zone,
	CONSTRAINT "routes_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "routes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sessions" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"external_id" text,
	"title" text,
	"agent" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"context" jsonb NOT NULL,
	CONSTRAINT "sessions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "sessions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "threads" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"session_id" text NOT NULL,
	"title" text,
	"tags" jsonb NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"last_active_at" timestamp (3) with time zone NOT NULL,
	"archived_at" timestamp (3) with time zone,
	"message_count" integer NOT NULL,
	"token_count" integer NOT NULL,
	CONSTRAINT "threads_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "threads" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "transfers" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"from_project_id" text NOT NULL,
	"layer" text NOT NULL,
	"from_id" text NOT NULL,
	"to_id" text,
	"applicability" double precision NOT NULL,
	"reason" text,
	"transferred_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "transfers_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "transfers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "working_goals" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"parent_id" text,
	"content" text NOT NULL,
	"goal_type" text NOT NULL,
	"priority" integer NOT NULL,
	"status" text NOT NULL,
	"progress" double precision NOT NULL,
	"completion_criteria" text,
	"due_at" timestamp (3) with time zone,
	"suspended_at" timestamp (3) with time zone,
	"completed_at" timestamp (3) with time zone,
	CONSTRAINT "working_goals_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "working_goals" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "working_item_parts" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"item_id" text NOT NULL,
	"position" integer NOT NULL,
	"part_layer" text NOT NULL,
	"part_id" text NOT NULL,
	"snapshot" jsonb,
	CONSTRAINT "working_item_parts_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "working_item_parts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "working_items" (
	"tenant_id" text DEFAULT nullif(current_setting('athena.tenant_id', true), '') NOT NULL,
	"id" text NOT NULL,
	"project_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"content" text NOT NULL,
	"content_type" text NOT NULL,
	"component" text NOT NULL,
	"activation" double precision NOT NULL,
	"importance" double precision NOT NULL,
	"decay_rate" double precision NOT NULL,
	"last_accessed_at" timestamp (3) with time zone NOT NULL,
	"access_count" integer NOT NULL,
	"focused_at" timestamp (3) with time zone,
	"tags" jsonb NOT NULL,
	"source" text,
	"origin" jsonb,
	"path" text,
	"path_kind" text,
	CONSTRAINT "working_items_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "working_items" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "access_log" ADD CONSTRAINT "access_log_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "associations" ADD CONSTRAINT "associations_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attention_focus" ADD CONSTRAINT "attention_focus_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calibration" ADD CONSTRAINT "calibration_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "communities" ADD CONSTRAINT "communities_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "communities" ADD CONSTRAINT "communities_tenant_id_parent_id_communities_tenant_id_id_fk" FOREIGN KEY ("tenant_id","parent_id") REFERENCES "public"."communities"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "community_members" ADD CONSTRAINT "community_members_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "community_members" ADD CONSTRAINT "community_members_tenant_id_community_id_communities_tenant_id_id_fk" FOREIGN KEY ("tenant_id","community_id") REFERENCES "public"."communities"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "community_members" ADD CONSTRAINT "community_members_tenant_id_entity_id_entities_tenant_id_id_fk" FOREIGN KEY ("tenant_id","entity_id") REFERENCES "public"."entities"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "context_snapshots" ADD CONSTRAINT "context_snapshots_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "context_snapshots" ADD CONSTRAINT "context_snapshots_tenant_id_session_id_sessions_tenant_id_id_fk" FOREIGN KEY ("tenant_id","session_id") REFERENCES "public"."sessions"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "context_snapshots" ADD CONSTRAINT "context_snapshots_tenant_id_thread_id_threads_tenant_id_id_fk" FOREIGN KEY ("tenant_id","thread_id") REFERENCES "public"."threads"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_summaries" ADD CONSTRAINT "conversation_summaries_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_summaries" ADD CONSTRAINT "conversation_summaries_tenant_id_session_id_sessions_tenant_id_id_fk" FOREIGN KEY ("tenant_id","session_id") REFERENCES "public"."sessions"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_summaries" ADD CONSTRAINT "conversation_summaries_tenant_id_thread_id_threads_tenant_id_id_fk" FOREIGN KEY ("tenant_id","thread_id") REFERENCES "public"."threads"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "domain_coverage" ADD CONSTRAINT "domain_coverage_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entities" ADD CONSTRAINT "entities_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "episode_files" ADD CONSTRAINT "episode_files_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "episode_files" ADD CONSTRAINT "episode_files_tenant_id_episode_id_episodes_tenant_id_id_fk" FOREIGN KEY ("tenant_id","episode_id") REFERENCES "public"."episodes"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "episode_metrics" ADD CONSTRAINT "episode_metrics_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "episode_metrics" ADD CONSTRAINT "episode_metrics_tenant_id_episode_id_episodes_tenant_id_id_fk" FOREIGN KEY ("tenant_id","episode_id") REFERENCES "public"."episodes"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "episode_relations" ADD CONSTRAINT "episode_relations_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "episode_relations" ADD CONSTRAINT "episode_relations_tenant_id_from_id_episodes_tenant_id_id_fk" FOREIGN KEY ("tenant_id","from_id") REFERENCES "public"."episodes"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "episode_relations" ADD CONSTRAINT "episode_relations_tenant_id_to_id_episodes_tenant_id_id_fk" FOREIGN KEY ("tenant_id","to_id") REFERENCES "public"."episodes"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "episode_symbols" ADD CONSTRAINT "episode_symbols_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "episode_symbols" ADD CONSTRAINT "episode_symbols_tenant_id_episode_id_episodes_tenant_id_id_fk" FOREIGN KEY ("tenant_id","episode_id") REFERENCES "public"."episodes"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "episodes" ADD CONSTRAINT "episodes_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ingestion_cursors" ADD CONSTRAINT "ingestion_cursors_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inhibitions" ADD CONSTRAINT "inhibitions_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "knowledge_gaps" ADD CONSTRAINT "knowledge_gaps_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memory_quality" ADD CONSTRAINT "memory_quality_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_tenant_id_thread_id_threads_tenant_id_id_fk" FOREIGN KEY ("tenant_id","thread_id") REFERENCES "public"."threads"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_tenant_id_entity_id_entities_tenant_id_id_fk" FOREIGN KEY ("tenant_id","entity_id") REFERENCES "public"."entities"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_tenant_id_superseded_by_observations_tenant_id_id_fk" FOREIGN KEY ("tenant_id","superseded_by") REFERENCES "public"."observations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotions" ADD CONSTRAINT "promotions_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotions" ADD CONSTRAINT "promotions_tenant_id_entity_id_entities_tenant_id_id_fk" FOREIGN KEY ("tenant_id","entity_id") REFERENCES "public"."entities"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relations" ADD CONSTRAINT "relations_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relations" ADD CONSTRAINT "relations_tenant_id_from_id_entities_tenant_id_id_fk" FOREIGN KEY ("tenant_id","from_id") REFERENCES "public"."entities"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relations" ADD CONSTRAINT "relations_tenant_id_to_id_entities_tenant_id_id_fk" FOREIGN KEY ("tenant_id","to_id") REFERENCES "public"."entities"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "router_models" ADD CONSTRAINT "router_models_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "routes" ADD CONSTRAINT "routes_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_tenant_id_session_id_sessions_tenant_id_id_fk" FOREIGN KEY ("tenant_id","session_id") REFERENCES "public"."sessions"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "working_goals" ADD CONSTRAINT "working_goals_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "working_goals" ADD CONSTRAINT "working_goals_tenant_id_parent_id_working_goals_tenant_id_id_fk" FOREIGN KEY ("tenant_id","parent_id") REFERENCES "public"."working_goals"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "working_item_parts" ADD CONSTRAINT "working_item_parts_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "working_item_parts" ADD CONSTRAINT "working_item_parts_tenant_id_item_id_working_items_tenant_id_id_fk" FOREIGN KEY ("tenant_id","item_id") REFERENCES "public"."working_items"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "working_items" ADD CONSTRAINT "working_items_tenant_id_project_id_projects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","project_id") REFERENCES "public"."projects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "access_log_project_id_accessed_at_idx" ON "access_log" USING btree ("tenant_id","project_id","accessed_at");--> statement-breakpoint
CREATE INDEX "access_log_project_id_layer_item_id_accessed_at_idx" ON "access_log" USING btree ("tenant_id","project_id","layer","item_id","accessed_at");--> statement-breakpoint
CREATE INDEX "access_log_project_id_session_id_accessed_at_idx" ON "access_log" USING btree ("tenant_id","project_id","session_id","accessed_at");--> statement-breakpoint
CREATE INDEX "access_log_project_id_coactivated_at_accessed_at_idx" ON "access_log" USING btree ("tenant_id","project_id","coactivated_at","accessed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "associations_project_id_ends_kind_idx" ON "associations" USING btree ("tenant_id","project_id","from_layer","from_id","to_layer","to_id","kind");--> statement-breakpoint
CREATE INDEX "associations_project_id_to_layer_to_id_idx" ON "associations" USING btree ("tenant_id","project_id","to_layer","to_id");--> statement-breakpoint
CREATE INDEX "associations_project_id_strength_idx" ON "associations" USING btree ("tenant_id","project_id","strength");--> statement-breakpoint
CREATE INDEX "attention_focus_project_id_session_id_started_at_idx" ON "attention_focus" USING btree ("tenant_id","project_id","session_id","started_at");--> statement-breakpoint
CREATE INDEX "attention_focus_project_id_ended_at_started_at_idx" ON "attention_focus" USING btree ("tenant_id","project_id","ended_at","started_at");--> statement-breakpoint
CREATE INDEX "attention_focus_project_id_target_layer_target_id_idx" ON "attention_focus" USING btree ("tenant_id","project_id","target_layer","target_id");--> statement-breakpoint
CREATE INDEX "calibration_project_id_recorded_at_idx" ON "calibration" USING btree ("tenant_id","project_id","recorded_at");--> statement-breakpoint
CREATE INDEX "calibration_project_id_domain_recorded_at_idx" ON "calibration" USING btree ("tenant_id","project_id","domain","recorded_at");--> statement-breakpoint
CREATE INDEX "calibration_project_id_layer_item_id_idx" ON "calibration" USING btree ("tenant_id","project_id","layer","item_id");--> statement-breakpoint
CREATE INDEX "communities_project_id_level_member_count_idx" ON "communities" USING btree ("tenant_id","project_id","level","member_count");--> statement-breakpoint
CREATE INDEX "communities_parent_id_idx" ON "communities" USING btree ("tenant_id","parent_id");--> statement-breakpoint
CREATE UNIQUE INDEX "community_members_community_id_entity_id_idx" ON "community_members" USING btree ("tenant_id","community_id","entity_id");--> statement-breakpoint
CREATE INDEX "community_members_entity_id_idx" ON "community_members" USING btree ("tenant_id","entity_id");--> statement-breakpoint
CREATE INDEX "community_members_project_id_idx" ON "community_members" USING btree ("tenant_id","project_id");--> statement-breakpoint
CREATE INDEX "context_snapshots_project_id_taken_at_idx" ON "context_snapshots" USING btree ("tenant_id","project_id","taken_at");--> statement-breakpoint
CREATE INDEX "context_snapshots_session_id_taken_at_idx" ON "context_snapshots" USING btree ("tenant_id","session_id","taken_at");--> statement-breakpoint
CREATE INDEX "context_snapshots_thread_id_taken_at_idx" ON "context_snapshots" USING btree ("tenant_id","thread_id","taken_at");--> statement-breakpoint
CREATE INDEX "conversation_summaries_session_id_summarized_at_idx" ON "conversation_summaries" USING btree ("tenant_id","session_id","summarized_at");--> statement-breakpoint
CREATE INDEX "conversation_summaries_thread_id_summarized_at_idx" ON "conversation_summaries" USING btree ("tenant_id","thread_id","summarized_at");--> statement-breakpoint
CREATE INDEX "conversation_summaries_project_id_summarized_at_idx" ON "conversation_summaries" USING btree ("tenant_id","project_id","summarized_at");--> statement-breakpoint
CREATE UNIQUE INDEX "domain_coverage_project_id_domain_idx" ON "domain_coverage" USING btree ("tenant_id","project_id","domain");--> statement-breakpoint
CREATE INDEX "domain_coverage_project_id_expertise_score_idx" ON "domain_coverage" USING btree ("tenant_id","project_id","expertise_score");--> statement-breakpoint
CREATE UNIQUE INDEX "entities_project_id_namespace_entity_type_name_idx" ON "entities" USING btree ("tenant_id","project_id","namespace","entity_type","name");--> statement-breakpoint
CREATE INDEX "entities_project_id_name_idx" ON "entities" USING btree ("tenant_id","project_id","name");--> statement-breakpoint
CREATE INDEX "entities_project_id_entity_type_name_idx" ON "entities" USING btree ("tenant_id","project_id","entity_type","name");--> statement-breakpoint
CREATE INDEX "entities_project_id_created_at_idx" ON "entities" USING btree ("tenant_id","project_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "episode_files_episode_id_path_idx" ON "episode_files" USING btree ("tenant_id","episode_id","path");--> statement-breakpoint
CREATE INDEX "episode_files_project_id_path_idx" ON "episode_files" USING btree ("tenant_id","project_id","path");--> statement-breakpoint
CREATE INDEX "episode_metrics_episode_id_measured_at_idx" ON "episode_metrics" USING btree ("tenant_id","episode_id","measured_at");--> statement-breakpoint
CREATE INDEX "episode_metrics_project_id_name_measured_at_idx" ON "episode_metrics" USING btree ("tenant_id","project_id","name","measured_at");--> statement-breakpoint
CREATE UNIQUE INDEX "episode_relations_from_id_to_id_relation_type_idx" ON "episode_relations" USING btree ("tenant_id","from_id","to_id","relation_type");--> statement-breakpoint
CREATE INDEX "episode_relations_to_id_idx" ON "episode_relations" USING btree ("tenant_id","to_id");--> statement-breakpoint
CREATE INDEX "episode_relations_project_id_idx" ON "episode_relations" USING btree ("tenant_id","project_id");--> statement-breakpoint
CREATE UNIQUE INDEX "episode_symbols_episode_id_symbol_idx" ON "episode_symbols" USING btree ("tenant_id","episode_id","symbol");--> statement-breakpoint
CREATE INDEX "episode_symbols_project_id_symbol_idx" ON "episode_symbols" USING btree ("tenant_id","project_id","symbol");--> statement-breakpoint
CREATE UNIQUE INDEX "episodes_project_id_content_hash_idx" ON "episodes" USING btree ("tenant_id","project_id","content_hash");--> statement-breakpoint
CREATE INDEX "episodes_project_id_occurred_at_idx" ON "episodes" USING btree ("tenant_id","project_id","occurred_at");--> statement-breakpoint
CREATE INDEX "episodes_project_id_session_id_occurred_at_idx" ON "episodes" USING btree ("tenant_id","project_id","session_id","occurred_at");--> statement-breakpoint
CREATE INDEX "episodes_project_id_event_type_occurred_at_idx" ON "episodes" USING btree ("tenant_id","project_id","event_type","occurred_at");--> statement-breakpoint
CREATE INDEX "episodes_project_id_outcome_occurred_at_idx" ON "episodes" USING btree ("tenant_id","project_id","outcome","occurred_at");--> statement-breakpoint
CREATE INDEX "episodes_project_id_consolidation_state_occurred_at_idx" ON "episodes" USING btree ("tenant_id","project_id","consolidation_state","occurred_at");--> statement-breakpoint
CREATE INDEX "episodes_project_id_surprise_idx" ON "episodes" USING btree ("tenant_id","project_id","surprise");--> statement-breakpoint
CREATE UNIQUE INDEX "ingestion_cursors_project_id_source_kind_source_idx" ON "ingestion_cursors" USING btree ("tenant_id","project_id","source_kind","source");--> statement-breakpoint
CREATE INDEX "inhibitions_project_id_target_layer_target_id_idx" ON "inhibitions" USING btree ("tenant_id","project_id","target_layer","target_id");--> statement-breakpoint
CREATE INDEX "inhibitions_project_id_inhibited_at_idx" ON "inhibitions" USING btree ("tenant_id","project_id","inhibited_at");--> statement-breakpoint
CREATE INDEX "inhibitions_project_id_expires_at_idx" ON "inhibitions" USING btree ("tenant_id","project_id","expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "knowledge_gaps_project_id_kind_subject_idx" ON "knowledge_gaps" USING btree ("tenant_id","project_id","kind","subject") WHERE "knowledge_gaps"."resolved_at" is null;--> statement-breakpoint
CREATE INDEX "knowledge_gaps_project_id_severity_idx" ON "knowledge_gaps" USING btree ("tenant_id","project_id","severity");--> statement-breakpoint
CREATE INDEX "knowledge_gaps_project_id_domain_idx" ON "knowledge_gaps" USING btree ("tenant_id","project_id","domain");--> statement-breakpoint
CREATE UNIQUE INDEX "memory_quality_project_id_layer_item_id_idx" ON "memory_quality" USING btree ("tenant_id","project_id","layer","item_id");--> statement-breakpoint
CREATE INDEX "memory_quality_project_id_usefulness_idx" ON "memory_quality" USING btree ("tenant_id","project_id","usefulness");--> statement-breakpoint
CREATE INDEX "memory_quality_project_id_layer_usefulness_idx" ON "memory_quality" USING btree ("tenant_id","project_id","layer","usefulness");--> statement-breakpoint
CREATE INDEX "memory_quality_project_id_domain_idx" ON "memory_quality" USING btree ("tenant_id","project_id","domain");--> statement-breakpoint
CREATE UNIQUE INDEX "messages_thread_id_position_idx" ON "messages" USING btree ("tenant_id","thread_id","position");--> statement-breakpoint
CREATE INDEX "messages_project_id_said_at_idx" ON "messages" USING btree ("tenant_id","project_id","said_at");--> statement-breakpoint
CREATE UNIQUE INDEX "observations_entity_id_content_hash_idx" ON "observations" USING btree ("tenant_id","entity_id","content_hash") WHERE "observations"."superseded_at" is null;--> statement-breakpoint
CREATE INDEX "observations_entity_id_observed_at_idx" ON "observations" USING btree ("tenant_id","entity_id","observed_at");--> statement-breakpoint
CREATE INDEX "observations_superseded_by_idx" ON "observations" USING btree ("tenant_id","superseded_by");--> statement-breakpoint
CREATE INDEX "observations_project_id_observed_at_idx" ON "observations" USING btree ("tenant_id","project_id","observed_at");--> statement-breakpoint
CREATE INDEX "promotions_entity_id_promoted_at_idx" ON "promotions" USING btree ("tenant_id","entity_id","promoted_at");--> statement-breakpoint
CREATE INDEX "promotions_project_id_promoted_at_idx" ON "promotions" USING btree ("tenant_id","project_id","promoted_at");--> statement-breakpoint
CREATE UNIQUE INDEX "relations_from_id_to_id_relation_type_idx" ON "relations" USING btree ("tenant_id","from_id","to_id","relation_type") WHERE "relations"."valid_until" is null and "relations"."superseded_at" is null;--> statement-breakpoint
CREATE INDEX "relations_from_id_idx" ON "relations" USING btree ("tenant_id","from_id");--> statement-breakpoint
CREATE INDEX "relations_to_id_idx" ON "relations" USING btree ("tenant_id","to_id");--> statement-breakpoint
CREATE INDEX "relations_project_id_relation_type_idx" ON "relations" USING btree ("tenant_id","project_id","relation_type");--> statement-breakpoint
CREATE UNIQUE INDEX "router_models_project_id_idx" ON "router_models" USING btree ("tenant_id","project_id");--> statement-breakpoint
CREATE INDEX "routes_project_id_routed_at_idx" ON "routes" USING btree ("tenant_id","project_id","routed_at");--> statement-breakpoint
CREATE INDEX "routes_project_id_item_id_idx" ON "routes" USING btree ("tenant_id","project_id","item_id");--> statement-breakpoint
CREATE INDEX "routes_project_id_actual_layer_actual_id_idx" ON "routes" USING btree ("tenant_id","project_id","actual_layer","actual_id");--> statement-breakpoint
CREATE INDEX "routes_project_id_was_correct_routed_at_idx" ON "routes" USING btree ("tenant_id","project_id","was_correct","routed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_project_id_external_id_idx" ON "sessions" USING btree ("tenant_id","project_id","external_id");--> statement-breakpoint
CREATE INDEX "sessions_project_id_started_at_idx" ON "sessions" USING btree ("tenant_id","project_id","started_at");--> statement-breakpoint
CREATE INDEX "threads_session_id_started_at_idx" ON "threads" USING btree ("tenant_id","session_id","started_at");--> statement-breakpoint
CREATE INDEX "threads_project_id_last_active_at_idx" ON "threads" USING btree ("tenant_id","project_id","last_active_at");--> statement-breakpoint
CREATE INDEX "transfers_project_id_transferred_at_idx" ON "transfers" USING btree ("tenant_id","project_id","transferred_at");--> statement-breakpoint
CREATE INDEX "transfers_from_project_id_transferred_at_idx" ON "transfers" USING btree ("tenant_id","from_project_id","transferred_at");--> statement-breakpoint
CREATE INDEX "transfers_layer_from_id_idx" ON "transfers" USING btree ("tenant_id","layer","from_id");--> statement-breakpoint
CREATE INDEX "transfers_layer_to_id_idx" ON "transfers" USING btree ("tenant_id","layer","to_id");--> statement-breakpoint
CREATE INDEX "working_goals_parent_id_idx" ON "working_goals" USING btree ("tenant_id","parent_id");--> statement-breakpoint
CREATE INDEX "working_goals_project_id_status_priority_idx" ON "working_goals" USING btree ("tenant_id","project_id","status","priority");--> statement-breakpoint
CREATE INDEX "working_goals_project_id_created_at_idx" ON "working_goals" USING btree ("tenant_id","project_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "working_item_parts_item_id_position_idx" ON "working_item_parts" USING btree ("tenant_id","item_id","position");--> statement-breakpoint
CREATE INDEX "working_item_parts_project_id_part_layer_part_id_idx" ON "working_item_parts" USING btree ("tenant_id","project_id","part_layer","part_id");--> statement-breakpoint
CREATE UNIQUE INDEX "working_items_project_id_path_idx" ON "working_items" USING btree ("tenant_id","project_id","path");--> statement-breakpoint
CREATE INDEX "working_items_project_id_component_idx" ON "working_items" USING btree ("tenant_id","project_id","component");--> statement-breakpoint
CREATE INDEX "working_items_project_id_last_accessed_at_idx" ON "working_items" USING btree ("tenant_id","project_id","last_accessed_at");--> statement-breakpoint
CREATE POLICY "access_log_tenant" ON "access_log" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "associations_tenant" ON "associations" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "attention_focus_tenant" ON "attention_focus" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "calibration_tenant" ON "calibration" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "communities_tenant" ON "communities" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "community_members_tenant" ON "community_members" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "context_snapshots_tenant" ON "context_snapshots" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "conversation_summaries_tenant" ON "conversation_summaries" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "domain_coverage_tenant" ON "domain_coverage" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "entities_tenant" ON "entities" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "episode_files_tenant" ON "episode_files" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "episode_metrics_tenant" ON "episode_metrics" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "episode_relations_tenant" ON "episode_relations" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "episode_symbols_tenant" ON "episode_symbols" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "episodes_tenant" ON "episodes" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "ingestion_cursors_tenant" ON "ingestion_cursors" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "inhibitions_tenant" ON "inhibitions" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "knowledge_gaps_tenant" ON "knowledge_gaps" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "memory_quality_tenant" ON "memory_quality" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "messages_tenant" ON "messages" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "observations_tenant" ON "observations" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "promotions_tenant" ON "promotions" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "relations_tenant" ON "relations" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "router_models_tenant" ON "router_models" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "routes_tenant" ON "routes" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "sessions_tenant" ON "sessions" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "threads_tenant" ON "threads" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "transfers_tenant" ON "transfers" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "working_goals_tenant" ON "working_goals" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "working_item_parts_tenant" ON "working_item_parts" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "working_items_tenant" ON "working_items" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('athena.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('athena.tenant_id', true), ''));