import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import { ownedColumns } from './owned-columns.ts'
import type { ProjectTables } from './projects.ts'

/** Attention: what goes with what, and what is looked at. It names rows of all layers. */
export const defineAttention = (c: Vocabulary, projects: ProjectTables) => ({
  associations: defineAssociations(c, projects),
  attentionFocus: defineAttentionFocus(c, projects),
  inhibitions: defineInhibitions(c, projects),
  accessLog: defineAccessLog(c, projects),
})

const defineAssociations = (c: Vocabulary, { projects }: ProjectTables) =>
  c.table(
    'associations',
    {
      ...ownedColumns(c),
      fromLayer: c.text('from_layer').notNull(),
      fromId: c.text('from_id').notNull(),
      toLayer: c.text('to_layer').notNull(),
      toId: c.text('to_id').notNull(),
      kind: c.text('kind').notNull(),
      /** From 0 to 1. */
      strength: c.real('strength').notNull(),
      coOccurrences: c.integer('co_occurrences').notNull(),
      /** When both ends were last active together. */
      lastCoactivatedAt: c.timestamp('last_coactivated_at'),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.uniqueIndex('associations_project_id_ends_kind_idx', t, [
        t.projectId,
        t.fromLayer,
        t.fromId,
        t.toLayer,
        t.toId,
        t.kind,
      ]),
      c.index('associations_project_id_to_layer_to_id_idx', t, [t.projectId, t.toLayer, t.toId]),
      c.index('associations_project_id_strength_idx', t, [t.projectId, t.strength]),
    ],
  )

const defineAttentionFocus = (c: Vocabulary, { projects }: ProjectTables) =>
  c.table(
    'attention_focus',
    {
      ...ownedColumns(c),
      sessionId: c.text('session_id'),
      targetLayer: c.text('target_layer').notNull(),
      targetId: c.text('target_id').notNull(),
      /** From 0 to 1. */
      weight: c.real('weight').notNull(),
      /** `primary`, `secondary` or `background`. */
      focusLevel: c.text('focus_level').notNull(),
      /** `voluntary`, `automatic`, `interruption` or `return`. */
      transition: c.text('transition').notNull(),
      reason: c.text('reason'),
      /** The focus that returning leads to, which may be gone. */
      previousId: c.text('previous_id'),
      startedAt: c.timestamp('started_at').notNull(),
      endedAt: c.timestamp('ended_at'),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.index('attention_focus_project_id_session_id_started_at_idx', t, [
        t.projectId,
        t.sessionId,
        t.startedAt,
      ]),
      c.index('attention_focus_project_id_ended_at_started_at_idx', t, [
        t.projectId,
        t.endedAt,
        t.startedAt,
      ]),
      c.index('attention_focus_project_id_target_layer_target_id_idx', t, [
        t.projectId,
        t.targetLayer,
        t.targetId,
      ]),
    ],
  )

const defineInhibitions = (c: Vocabulary, { projects }: ProjectTables) =>
  c.table(
    'inhibitions',
    {
      ...ownedColumns(c),
      targetLayer: c.text('target_layer').notNull(),
      targetId: c.text('target_id').notNull(),
      /** `proactive`, `retroactive` or `selective`. */
      kind: c.text('kind').notNull(),
      /** From 0 to 1, at `inhibited_at`. */
      strength: c.real('strength').notNull(),
      reason: c.text('reason'),
      inhibitedAt: c.timestamp('inhibited_at').notNull(),
      expiresAt: c.timestamp('expires_at'),
      releasedAt: c.timestamp('released_at'),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.index('inhibitions_project_id_target_layer_target_id_idx', t, [
        t.projectId,
        t.targetLayer,
        t.targetId,
      ]),
      c.index('inhibitions_project_id_inhibited_at_idx', t, [t.projectId, t.inhibitedAt]),
      c.index('inhibitions_project_id_expires_at_idx', t, [t.projectId, t.expiresAt]),
    ],
  )

const defineAccessLog = (c: Vocabulary, { projects }: ProjectTables) =>
  c.table(
    'access_log',
    {
      ...ownedColumns(c),
      layer: c.text('layer').notNull(),
      itemId: c.text('item_id').notNull(),
      /** `read`, `update`, `consolidate`, `search` or `prime`. */
      accessKind: c.text('access_kind').notNull(),
      /** How active it was, from 0 to 1. */
      activation: c.real('activation').notNull(),
      sessionId: c.text('session_id'),
      accessedAt: c.timestamp('accessed_at').notNull(),
      /** When associations took it into account: each access counts once. */
      coactivatedAt: c.timestamp('coactivated_at'),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.index('access_log_project_id_accessed_at_idx', t, [t.projectId, t.accessedAt]),
      c.index('access_log_project_id_layer_item_id_accessed_at_idx', t, [
        t.projectId,
        t.layer,
        t.itemId,
        t.accessedAt,
      ]),
      c.index('access_log_project_id_session_id_accessed_at_idx', t, [
        t.projectId,
        t.sessionId,
        t.accessedAt,
      ]),
      c.index('access_log_project_id_coactivated_at_accessed_at_idx', t, [
        t.projectId,
        t.coactivatedAt,
        t.accessedAt,
      ]),
    ],
  )
