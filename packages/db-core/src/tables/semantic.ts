import { isNull } from 'drizzle-orm'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import type { ProjectTables } from './projects.ts'

/** Semantic memory: what is known, with its versions. */
export const defineSemantic = (c: Vocabulary, { projects }: ProjectTables) => {
  const memories = c.table(
    'memories',
    {
      id: c.text('id').notNull(),
      projectId: c.text('project_id').notNull(),
      content: c.text('content').notNull(),
      /** SHA-256 of the content, in hex: exact duplicates of a current memory are one memory. */
      contentHash: c.text('content_hash').notNull(),
      memoryType: c.text('memory_type').notNull(),
      domain: c.text('domain').notNull(),
      tags: c.json<string[]>('tags').notNull(),
      confidence: c.real('confidence').notNull(),
      usefulness: c.real('usefulness').notNull(),
      accessCount: c.integer('access_count').notNull(),
      lastAccessedAt: c.timestamp('last_accessed_at'),
      lastRetrievedAt: c.timestamp('last_retrieved_at'),
      consolidationState: c.text('consolidation_state').notNull(),
      version: c.integer('version').notNull(),
      /** The next version; forgetting that one forgets this one. */
      supersededBy: c.text('superseded_by'),
      supersededAt: c.timestamp('superseded_at'),
      /** Why the next version replaced this one. */
      supersededReason: c.text('superseded_reason'),
      validFrom: c.timestamp('valid_from'),
      validUntil: c.timestamp('valid_until'),
      /** Where it was learned: a file and section, an address, a session. */
      source: c.text('source'),
      trust: c.text('trust').notNull(),
      createdAt: c.timestamp('created_at').notNull(),
      updatedAt: c.timestamp('updated_at').notNull(),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.foreignKey(t, t.supersededBy, t),
      c
        .uniqueIndex('memories_content_hash_project_id_idx', t, [t.contentHash, t.projectId])
        .where(isNull(t.supersededAt)),
      c.index('memories_project_id_created_at_idx', t, [t.projectId, t.createdAt]),
      c.index('memories_superseded_by_idx', t, [t.supersededBy]),
    ],
  )
  return { memories }
}
