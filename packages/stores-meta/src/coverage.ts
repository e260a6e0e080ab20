import {
  chunksOf,
  cutPage,
  DEFAULT_LIMIT,
  fromCursor,
  memberOf,
  type PageOptions,
} from '@athena-memory/db-core/stores'
import { conflictTarget, type Database, type Tables } from '@athena-memory/db-core'
import { and, desc, eq, inArray, lt, or, sql } from 'drizzle-orm'
import { EXPERTISE_LEVELS } from './expertise.ts'
import type { DomainKnowledge } from './knowledge.ts'
import type { StoreContext } from './store-context.ts'

/** What sort of domain it is; `general` until somebody says. */
export const DOMAIN_CATEGORIES = [
  'technology',
  'infrastructure',
  'database',
  'pattern',
  'general',
] as const
export type DomainCategory = (typeof DOMAIN_CATEGORIES)[number]

/** A domain and what is known of it. */
export interface Domain extends DomainKnowledge {
  readonly category: DomainCategory
  /** When the figures were last found to have changed. */
  readonly assessedAt: Date
}

type CoverageRow = Tables['domainCoverage']['$inferSelect']

const levels = [...EXPERTISE_LEVELS.map(([level]) => level), 'beginner'] as const

/** A stored row as callers see it. */
const toDomain = (row: CoverageRow): Domain => ({
  domain: row.domain,
  category: memberOf(DOMAIN_CATEGORIES, row.category, 'category of a stored row'),
  memories: row.memoryCount,
  episodes: row.episodeCount,
  procedures: row.procedureCount,
  entities: row.entityCount,
  meanConfidence: row.meanConfidence ?? undefined,
  meanUsefulness: row.meanUsefulness ?? undefined,
  firstSeenAt: row.firstSeenAt ?? undefined,
  expertise:
    row.expertiseScore === null || row.expertiseLevel === null
      ? undefined
      : {
          score: row.expertiseScore,
          level: memberOf(levels, row.expertiseLevel, 'expertise_level of a stored row'),
        },
  strengths: row.strengths,
  assessedAt: row.assessedAt,
})

const figuresOf = (known: DomainKnowledge) => ({
  memoryCount: known.memories,
  episodeCount: known.episodes,
  procedureCount: known.procedures,
  entityCount: known.entities,
  meanConfidence: known.meanConfidence ?? null,
  meanUsefulness: known.meanUsefulness ?? null,
  firstSeenAt: known.firstSeenAt ?? null,
  expertiseScore: known.expertise?.score ?? null,
  expertiseLevel: known.expertise?.level ?? null,
  strengths: known.strengths,
})

/**
 * Brings the stored figures of a project in line with what is known now; domains that nothing is known
 * of any more go. Figures that are the same are not written again.
 *
 * @param isComplete whether `known` are all domains there are
 */
export const storeCoverage = async (
  store: StoreContext,
  {
    projectId,
    known,
    isComplete,
  }: {
    projectId: string
    known: readonly DomainKnowledge[]
    isComplete: boolean
  },
): Promise<void> => {
  const { domainCoverage: coverage } = store.db.tables
  const ofProject = eq(coverage.projectId, projectId)
  const stored = await store.db.query.select().from(coverage).where(ofProject)
  const before = new Map(
    stored.map((row) => [row.domain, JSON.stringify(figuresOf(toDomain(row)))]),
  )
  const changed = known.filter(
    (each) => before.get(each.domain) !== JSON.stringify(figuresOf(each)),
  )
  await upsert(store, projectId, changed)
  const names = new Set(known.map(({ domain }) => domain))
  const gone = isComplete ? stored.filter(({ domain }) => !names.has(domain)) : []
  for (const chunk of chunksOf(gone.map(({ id }) => id))) {
    await store.db.query.delete(coverage).where(inArray(coverage.id, chunk))
  }
}

const upsert = async (
  { db, now, newId }: StoreContext,
  projectId: string,
  known: readonly DomainKnowledge[],
): Promise<void> => {
  const { domainCoverage: coverage } = db.tables
  const at = now()
  for (const chunk of chunksOf(known)) {
    await db.query
      .insert(coverage)
      .values(
        chunk.map((each) => ({
          id: newId(),
          projectId,
          domain: each.domain,
          category: 'general',
          ...figuresOf(each),
          assessedAt: at,
          createdAt: at,
          updatedAt: at,
        })),
      )
      .onConflictDoUpdate({
        target: conflictTarget(coverage, [coverage.projectId, coverage.domain]),
        set: {
          memoryCount: sql`excluded.memory_count`,
          episodeCount: sql`excluded.episode_count`,
          procedureCount: sql`excluded.procedure_count`,
          entityCount: sql`excluded.entity_count`,
          meanConfidence: sql`excluded.mean_confidence`,
          meanUsefulness: sql`excluded.mean_usefulness`,
          firstSeenAt: sql`excluded.first_seen_at`,
          expertiseScore: sql`excluded.expertise_score`,
          expertiseLevel: sql`excluded.expertise_level`,
          strengths: sql`excluded.strengths`,
          assessedAt: sql`excluded.assessed_at`,
          updatedAt: sql`excluded.updated_at`,
        },
      })
  }
}

/** Which domains. */
export interface DomainOptions extends PageOptions {
  readonly projectId: string
  readonly category?: DomainCategory | undefined
}

/** Domains, those most is known of first. */
export interface DomainPage {
  readonly domains: Domain[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

/** What stands for a score that is not known: after all that are. */
const NO_SCORE = -1

/** The stored figures, the highest score first; see `MetaStore.domains`. */
export const listDomains = async (
  { query, tables: { domainCoverage: coverage } }: Database,
  { projectId, category, limit = DEFAULT_LIMIT, cursor }: DomainOptions,
): Promise<DomainPage> => {
  const score = sql<number>`coalesce(${coverage.expertiseScore}, ${sql.raw(String(NO_SCORE))})`
  const after = cursor === undefined ? undefined : fromCursor(cursor)
  const rows = await query
    .select()
    .from(coverage)
    .where(
      and(
        eq(coverage.projectId, projectId),
        category && eq(coverage.category, category),
        after && or(lt(score, after.value), and(eq(score, after.value), lt(coverage.id, after.id))),
      ),
    )
    .orderBy(desc(score), desc(coverage.id))
    .limit(limit + 1)
  const { page, nextCursor } = cutPage(rows, limit, ({ expertiseScore, id }) => ({
    value: expertiseScore ?? NO_SCORE,
    id,
  }))
  return { domains: page.map(toDomain), nextCursor }
}

/** Says what sort of domain it is; see `MetaStore.categorize`. */
export const categorizeDomain = async (
  { query, tables: { domainCoverage: coverage } }: Database,
  { projectId, domain, category }: { projectId: string; domain: string; category: DomainCategory },
  at: Date,
): Promise<Domain | undefined> => {
  const [row] = await query
    .update(coverage)
    .set({ category, updatedAt: at })
    .where(and(eq(coverage.projectId, projectId), eq(coverage.domain, domain)))
    .returning()
  return row && toDomain(row)
}
