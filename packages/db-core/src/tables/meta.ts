import { isNull } from 'drizzle-orm'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import { ownedColumns } from './owned-columns.ts'
import type { ProjectTables } from './projects.ts'

/** Meta memory: what is known about what is known. It names rows of all layers. */
export const defineMeta = (c: Vocabulary, projects: ProjectTables) => ({
  memoryQuality: defineMemoryQuality(c, projects),
  domainCoverage: defineDomainCoverage(c, projects),
  knowledgeGaps: defineKnowledgeGaps(c, projects),
  transfers: defineTransfers(c, projects),
  calibration: defineCalibration(c, projects),
})

const defineMemoryQuality = (c: Vocabulary, { projects }: ProjectTables) =>
  c.table(
    'memory_quality',
    {
      ...ownedColumns(c),
      layer: c.text('layer').notNull(),
      itemId: c.text('item_id').notNull(),
      domain: c.text('domain'),
      accessCount: c.integer('access_count').notNull(),
      /** Accesses of which somebody said whether they were useful. */
      judgedCount: c.integer('judged_count').notNull(),
      usefulCount: c.integer('useful_count').notNull(),
      /** Useful accesses among the judged ones, from 0 to 1; absent while there are none. */
      usefulness: c.real('usefulness'),
      /** From 0 to 1; absent while nobody has said. */
      confidence: c.real('confidence'),
      source: c.text('source'),
      verifiedAt: c.timestamp('verified_at'),
      lastAccessedAt: c.timestamp('last_accessed_at'),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.uniqueIndex('memory_quality_project_id_layer_item_id_idx', t, [
        t.projectId,
        t.layer,
        t.itemId,
      ]),
      c.index('memory_quality_project_id_usefulness_idx', t, [t.projectId, t.usefulness]),
      c.index('memory_quality_project_id_layer_usefulness_idx', t, [
        t.projectId,
        t.layer,
        t.usefulness,
      ]),
      c.index('memory_quality_project_id_domain_idx', t, [t.projectId, t.domain]),
    ],
  )

const defineDomainCoverage = (c: Vocabulary, { projects }: ProjectTables) =>
  c.table(
    'domain_coverage',
    {
      ...ownedColumns(c),
      domain: c.text('domain').notNull(),
      category: c.text('category').notNull(),
      memoryCount: c.integer('memory_count').notNull(),
      episodeCount: c.integer('episode_count').notNull(),
      procedureCount: c.integer('procedure_count').notNull(),
      entityCount: c.integer('entity_count').notNull(),
      /** Absent where there is nothing to take the mean of. */
      meanConfidence: c.real('mean_confidence'),
      meanUsefulness: c.real('mean_usefulness'),
      strengths: c.json<string[]>('strengths').notNull(),
      /** Absent where no confidence is known. */
      expertiseScore: c.real('expertise_score'),
      expertiseLevel: c.text('expertise_level'),
      firstSeenAt: c.timestamp('first_seen_at'),
      /** When the figures were last found to have changed. */
      assessedAt: c.timestamp('assessed_at').notNull(),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.uniqueIndex('domain_coverage_project_id_domain_idx', t, [t.projectId, t.domain]),
      c.index('domain_coverage_project_id_expertise_score_idx', t, [t.projectId, t.expertiseScore]),
    ],
  )

const defineKnowledgeGaps = (c: Vocabulary, { projects }: ProjectTables) =>
  c.table(
    'knowledge_gaps',
    {
      ...ownedColumns(c),
      kind: c.text('kind').notNull(),
      /** What too little is known of; an open gap of a kind is there once. */
      subject: c.text('subject').notNull(),
      domain: c.text('domain'),
      description: c.text('description').notNull(),
      /** From 0 to 1. */
      severity: c.real('severity').notNull(),
      /** Rows that speak for it. */
      evidence: c.json<{ layer: string; id: string }[]>('evidence').notNull(),
      detectedAt: c.timestamp('detected_at').notNull(),
      resolvedAt: c.timestamp('resolved_at'),
      resolution: c.text('resolution'),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c
        .uniqueIndex('knowledge_gaps_project_id_kind_subject_idx', t, [
          t.projectId,
          t.kind,
          t.subject,
        ])
        .where(isNull(t.resolvedAt)),
      c.index('knowledge_gaps_project_id_severity_idx', t, [t.projectId, t.severity]),
      c.index('knowledge_gaps_project_id_domain_idx', t, [t.projectId, t.domain]),
    ],
  )

const defineTransfers = (c: Vocabulary, { projects }: ProjectTables) =>
  c.table(
    'transfers',
    {
      ...ownedColumns(c),
      /** The project that it came from, which may be gone; `project_id` received it. */
      fromProjectId: c.text('from_project_id').notNull(),
      layer: c.text('layer').notNull(),
      /** The row there, and the row that was made of it. */
      fromId: c.text('from_id').notNull(),
      toId: c.text('to_id'),
      /** How well it fits here, from 0 to 1. */
      applicability: c.real('applicability').notNull(),
      reason: c.text('reason'),
      transferredAt: c.timestamp('transferred_at').notNull(),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.index('transfers_project_id_transferred_at_idx', t, [t.projectId, t.transferredAt]),
      c.index('transfers_from_project_id_transferred_at_idx', t, [
        t.fromProjectId,
        t.transferredAt,
      ]),
      c.index('transfers_layer_from_id_idx', t, [t.layer, t.fromId]),
      c.index('transfers_layer_to_id_idx', t, [t.layer, t.toId]),
    ],
  )

const defineCalibration = (c: Vocabulary, { projects }: ProjectTables) =>
  c.table(
    'calibration',
    {
      ...ownedColumns(c),
      domain: c.text('domain'),
      /** What the confidence was in: a row of a layer, where it is one. */
      layer: c.text('layer'),
      itemId: c.text('item_id'),
      /** Both from 0 to 1. */
      reportedConfidence: c.real('reported_confidence').notNull(),
      actualConfidence: c.real('actual_confidence').notNull(),
      recordedAt: c.timestamp('recorded_at').notNull(),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.index('calibration_project_id_recorded_at_idx', t, [t.projectId, t.recordedAt]),
      c.index('calibration_project_id_domain_recorded_at_idx', t, [
        t.projectId,
        t.domain,
        t.recordedAt,
      ]),
      c.index('calibration_project_id_layer_item_id_idx', t, [t.projectId, t.layer, t.itemId]),
    ],
  )
