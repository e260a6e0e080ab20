import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import { ownedColumns } from './owned-columns.ts'
import type { ProjectTables } from './projects.ts'

/** Working memory: what is in mind now, what it is for, and where it goes from there. */
export const defineWorking = (c: Vocabulary, projects: ProjectTables) => {
  const workingItems = defineWorkingItems(c, projects)
  return {
    workingItems,
    workingItemParts: defineWorkingItemParts(c, projects, workingItems),
    workingGoals: defineWorkingGoals(c, projects),
    routes: defineRoutes(c, projects),
    routerModels: defineRouterModels(c, projects),
  }
}

const defineWorkingItems = (c: Vocabulary, { projects }: ProjectTables) =>
  c.table(
    'working_items',
    {
      ...ownedColumns(c),
      content: c.text('content').notNull(),
      contentType: c.text('content_type').notNull(),
      component: c.text('component').notNull(),
      /** Its activation, from 0 to 1, at `last_accessed_at`. */
      activation: c.real('activation').notNull(),
      importance: c.real('importance').notNull(),
      /** Per hour. */
      decayRate: c.real('decay_rate').notNull(),
      lastAccessedAt: c.timestamp('last_accessed_at').notNull(),
      accessCount: c.integer('access_count').notNull(),
      /** Since when it is in focus; absent where it is not. */
      focusedAt: c.timestamp('focused_at'),
      tags: c.json<string[]>('tags').notNull(),
      /** Where it was learned: a file and section, an address, a session. */
      source: c.text('source'),
      /** What it came from, in the words of whoever held it; it goes along when the item is moved. */
      origin: c.json<Record<string, unknown>>('origin'),
      /** The file or directory of the workspace that it stands for. */
      path: c.text('path'),
      /** `file` or `directory`. */
      pathKind: c.text('path_kind'),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.uniqueIndex('working_items_project_id_path_idx', t, [t.projectId, t.path]),
      c.index('working_items_project_id_component_idx', t, [t.projectId, t.component]),
      c.index('working_items_project_id_last_accessed_at_idx', t, [t.projectId, t.lastAccessedAt]),
    ],
  )

type WorkingItems = ReturnType<typeof defineWorkingItems>

/** What a bound item or a chunk is made of. */
const defineWorkingItemParts = (
  c: Vocabulary,
  { projects }: ProjectTables,
  workingItems: WorkingItems,
) =>
  c.table(
    'working_item_parts',
    {
      ...ownedColumns(c),
      /** The bound item or chunk. */
      itemId: c.text('item_id').notNull(),
      position: c.integer('position').notNull(),
      /** The layer and the row there; a row of `working` may be gone. */
      partLayer: c.text('part_layer').notNull(),
      partId: c.text('part_id').notNull(),
      /** An item as it was before it went into the chunk. */
      snapshot: c.json<Record<string, unknown>>('snapshot'),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.foreignKey(t, t.itemId, workingItems),
      c.uniqueIndex('working_item_parts_item_id_position_idx', t, [t.itemId, t.position]),
      c.index('working_item_parts_project_id_part_layer_part_id_idx', t, [
        t.projectId,
        t.partLayer,
        t.partId,
      ]),
    ],
  )

const defineWorkingGoals = (c: Vocabulary, { projects }: ProjectTables) =>
  c.table(
    'working_goals',
    {
      ...ownedColumns(c),
      /** The goal that this one serves; it takes this one along when it is removed. */
      parentId: c.text('parent_id'),
      content: c.text('content').notNull(),
      goalType: c.text('goal_type').notNull(),
      /** From 1 to 10, the most urgent last. */
      priority: c.integer('priority').notNull(),
      status: c.text('status').notNull(),
      /** From 0 to 1. */
      progress: c.real('progress').notNull(),
      completionCriteria: c.text('completion_criteria'),
      dueAt: c.timestamp('due_at'),
      suspendedAt: c.timestamp('suspended_at'),
      completedAt: c.timestamp('completed_at'),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.foreignKey(t, t.parentId, t),
      c.index('working_goals_parent_id_idx', t, [t.parentId]),
      c.index('working_goals_project_id_status_priority_idx', t, [
        t.projectId,
        t.status,
        t.priority,
      ]),
      c.index('working_goals_project_id_created_at_idx', t, [t.projectId, t.createdAt]),
    ],
  )

/** Decisions of the router, which outlive their items: training needs them. */
const defineRoutes = (c: Vocabulary, { projects }: ProjectTables) =>
  c.table(
    'routes',
    {
      ...ownedColumns(c),
      /** The item that was routed. Training outlives it, so it may be gone. */
      itemId: c.text('item_id').notNull(),
      /** The item as it was: text, type, tags, origin. */
      item: c.json<Record<string, unknown>>('item').notNull(),
      features: c.json<Record<string, number>>('features').notNull(),
      /** Where the router wanted it. */
      targetLayer: c.text('target_layer').notNull(),
      /** Where it went, and the row there; absent while it was only asked about. */
      actualLayer: c.text('actual_layer'),
      actualId: c.text('actual_id'),
      confidence: c.real('confidence').notNull(),
      /** By rules, or by a trained model of this version. */
      method: c.text('method').notNull(),
      modelVersion: c.integer('model_version'),
      routedAt: c.timestamp('routed_at').notNull(),
      /** Absent until somebody said so. */
      wasCorrect: c.boolean('was_correct'),
      correctLayer: c.text('correct_layer'),
      feedbackAt: c.timestamp('feedback_at'),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.index('routes_project_id_routed_at_idx', t, [t.projectId, t.routedAt]),
      c.index('routes_project_id_item_id_idx', t, [t.projectId, t.itemId]),
      c.index('routes_project_id_actual_layer_actual_id_idx', t, [
        t.projectId,
        t.actualLayer,
        t.actualId,
      ]),
      c.index('routes_project_id_was_correct_routed_at_idx', t, [
        t.projectId,
        t.wasCorrect,
        t.routedAt,
      ]),
    ],
  )

/** The trained router of a project. */
const defineRouterModels = (c: Vocabulary, { projects }: ProjectTables) =>
  c.table(
    'router_models',
    {
      ...ownedColumns(c),
      /** 1 for the first; training replaces the model by the next. */
      version: c.integer('version').notNull(),
      algorithm: c.text('algorithm').notNull(),
      /** The model as its library writes it. */
      model: c.json<Record<string, unknown>>('model').notNull(),
      /** Names of its features and layers, in the order of its numbers. */
      featureNames: c.json<string[]>('feature_names').notNull(),
      layers: c.json<string[]>('layers').notNull(),
      /** Labelled routes that it was made from. */
      sampleCount: c.integer('sample_count').notNull(),
      /** Share of routes it was not made from that it gets right; absent where none were left. */
      accuracy: c.real('accuracy'),
      trainedAt: c.timestamp('trained_at').notNull(),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.uniqueIndex('router_models_project_id_idx', t, [t.projectId]),
    ],
  )
