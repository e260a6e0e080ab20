import { isNull, sql } from 'drizzle-orm'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import { ownedColumns } from './owned-columns.ts'
import type { ProjectTables } from './projects.ts'

/** The knowledge graph: things, what is said of them, how they relate and group. */
export const defineGraph = (c: Vocabulary, projects: ProjectTables) => {
  const entities = defineEntities(c, projects)
  const communities = defineCommunities(c, projects)
  return {
    entities,
    relations: defineRelations(c, projects, entities),
    observations: defineObservations(c, projects, entities),
    communities,
    communityMembers: defineCommunityMembers(c, projects, { communities, entities }),
    promotions: definePromotions(c, projects, entities),
  }
}

const defineEntities = (c: Vocabulary, { projects }: ProjectTables) =>
  c.table(
    'entities',
    {
      ...ownedColumns(c),
      name: c.text('name').notNull(),
      entityType: c.text('entity_type').notNull(),
      namespace: c.text('namespace').notNull(),
      metadata: c.json<Record<string, unknown>>('metadata').notNull(),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.uniqueIndex('entities_project_id_namespace_entity_type_name_idx', t, [
        t.projectId,
        t.namespace,
        t.entityType,
        t.name,
      ]),
      c.index('entities_project_id_name_idx', t, [t.projectId, t.name]),
      c.index('entities_project_id_entity_type_name_idx', t, [t.projectId, t.entityType, t.name]),
      c.index('entities_project_id_created_at_idx', t, [t.projectId, t.createdAt]),
    ],
  )

type Entities = ReturnType<typeof defineEntities>

const defineRelations = (c: Vocabulary, { projects }: ProjectTables, entities: Entities) =>
  c.table(
    'relations',
    {
      ...ownedColumns(c),
      fromId: c.text('from_id').notNull(),
      toId: c.text('to_id').notNull(),
      relationType: c.text('relation_type').notNull(),
      strength: c.real('strength').notNull(),
      confidence: c.real('confidence').notNull(),
      /** When it was true in the world. */
      validFrom: c.timestamp('valid_from'),
      validUntil: c.timestamp('valid_until'),
      /** Since when it is no longer believed to have been so. */
      supersededAt: c.timestamp('superseded_at'),
      metadata: c.json<Record<string, unknown>>('metadata').notNull(),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.foreignKey(t, t.fromId, entities),
      c.foreignKey(t, t.toId, entities),
      c
        .uniqueIndex('relations_from_id_to_id_relation_type_idx', t, [
          t.fromId,
          t.toId,
          t.relationType,
        ])
        .where(sql`${isNull(t.validUntil)} and ${isNull(t.supersededAt)}`),
      c.index('relations_from_id_idx', t, [t.fromId]),
      c.index('relations_to_id_idx', t, [t.toId]),
      c.index('relations_project_id_relation_type_idx', t, [t.projectId, t.relationType]),
    ],
  )

const defineObservations = (c: Vocabulary, { projects }: ProjectTables, entities: Entities) =>
  c.table(
    'observations',
    {
      ...ownedColumns(c),
      entityId: c.text('entity_id').notNull(),
      content: c.text('content').notNull(),
      /** SHA-256 of the content, in hex: a current observation of an entity is there once. */
      contentHash: c.text('content_hash').notNull(),
      confidence: c.real('confidence').notNull(),
      source: c.text('source'),
      observedAt: c.timestamp('observed_at').notNull(),
      validFrom: c.timestamp('valid_from'),
      validUntil: c.timestamp('valid_until'),
      /** The observation that replaced this one; forgetting that one forgets this one. */
      supersededBy: c.text('superseded_by'),
      supersededAt: c.timestamp('superseded_at'),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.foreignKey(t, t.entityId, entities),
      c.foreignKey(t, t.supersededBy, t),
      c
        .uniqueIndex('observations_content_hash_entity_id_idx', t, [t.contentHash, t.entityId])
        .where(isNull(t.supersededAt)),
      c.index('observations_entity_id_observed_at_idx', t, [t.entityId, t.observedAt]),
      c.index('observations_superseded_by_idx', t, [t.supersededBy]),
      c.index('observations_project_id_observed_at_idx', t, [t.projectId, t.observedAt]),
    ],
  )

const defineCommunities = (c: Vocabulary, { projects }: ProjectTables) =>
  c.table(
    'communities',
    {
      ...ownedColumns(c),
      /** 0 for the finest. */
      level: c.integer('level').notNull(),
      /** The community of the next level that holds this one. */
      parentId: c.text('parent_id'),
      label: c.text('label'),
      /** SHA-256 in hex of the sorted ids of its members: equal where nothing changed. */
      memberHash: c.text('member_hash').notNull(),
      memberCount: c.integer('member_count').notNull(),
      density: c.real('density').notNull(),
      internalEdges: c.integer('internal_edges').notNull(),
      externalEdges: c.integer('external_edges').notNull(),
      /** Modularity of the partition that it is part of. */
      modularity: c.real('modularity').notNull(),
      summary: c.text('summary'),
      summaryMethod: c.text('summary_method'),
      summaryModel: c.text('summary_model'),
      summarizedAt: c.timestamp('summarized_at'),
      detectedAt: c.timestamp('detected_at').notNull(),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.foreignKey(t, t.parentId, t),
      c.index('communities_project_id_level_member_count_idx', t, [
        t.projectId,
        t.level,
        t.memberCount,
      ]),
      c.index('communities_parent_id_idx', t, [t.parentId]),
    ],
  )

type Communities = ReturnType<typeof defineCommunities>

const defineCommunityMembers = (
  c: Vocabulary,
  { projects }: ProjectTables,
  { communities, entities }: { communities: Communities; entities: Entities },
) =>
  c.table(
    'community_members',
    {
      ...ownedColumns(c),
      communityId: c.text('community_id').notNull(),
      entityId: c.text('entity_id').notNull(),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.foreignKey(t, t.communityId, communities),
      c.foreignKey(t, t.entityId, entities),
      c.uniqueIndex('community_members_community_id_entity_id_idx', t, [t.communityId, t.entityId]),
      c.index('community_members_entity_id_idx', t, [t.entityId]),
      c.index('community_members_project_id_idx', t, [t.projectId]),
    ],
  )

const definePromotions = (c: Vocabulary, { projects }: ProjectTables, entities: Entities) =>
  c.table(
    'promotions',
    {
      ...ownedColumns(c),
      entityId: c.text('entity_id').notNull(),
      fromNamespace: c.text('from_namespace').notNull(),
      toNamespace: c.text('to_namespace').notNull(),
      reason: c.text('reason'),
      promotedAt: c.timestamp('promoted_at').notNull(),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.foreignKey(t, t.entityId, entities),
      c.index('promotions_entity_id_promoted_at_idx', t, [t.entityId, t.promotedAt]),
      c.index('promotions_project_id_promoted_at_idx', t, [t.projectId, t.promotedAt]),
    ],
  )
