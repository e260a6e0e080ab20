import type { Database } from '@athena-memory/db-core'
import { and, asc, avg, count, eq, gt, gte, lt, or, sum } from 'drizzle-orm'
import { type ItemQuality, toItemQuality } from './item-quality.ts'
import { cutPage, DEFAULT_LIMIT, fromCursor, type PageOptions } from '@athena-memory/db-core/stores'

/** Which items are of low quality. */
export interface LowQualityOptions extends PageOptions {
  readonly projectId: string
  /** Default: any. */
  readonly layer?: string | undefined
  readonly domain?: string | undefined
  /** Items at least this useful are left out; default .3. */
  readonly threshold?: number | undefined
  /** Items of which fewer accesses were judged are left out; default 5. */
  readonly minJudged?: number | undefined
}

/** Items, the least useful first. */
export interface QualityPage {
  readonly items: ItemQuality[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

/** Below which usefulness an item is of low quality, and how often it must have been judged for that. */
export const LOW_QUALITY = { threshold: 0.3, minJudged: 5 } as const

const lowIn = (
  { tables: { memoryQuality: quality } }: Database,
  { projectId, threshold = LOW_QUALITY.threshold, ...rest }: LowQualityOptions,
) =>
  and(
    eq(quality.projectId, projectId),
    lt(quality.usefulness, threshold),
    gte(quality.judgedCount, rest.minJudged ?? LOW_QUALITY.minJudged),
    rest.layer === undefined ? undefined : eq(quality.layer, rest.layer),
    rest.domain === undefined ? undefined : eq(quality.domain, rest.domain),
  )

/** What was judged often and seldom found useful; see `MetaStore.lowQuality`. */
export const listLowQuality = async (
  db: Database,
  options: LowQualityOptions,
  now: Date,
): Promise<QualityPage> => {
  const { memoryQuality: quality } = db.tables
  const { limit = DEFAULT_LIMIT, cursor } = options
  const after = cursor === undefined ? undefined : fromCursor(cursor)
  const rows = await db.query
    .select()
    .from(quality)
    .where(
      and(
        lowIn(db, options),
        after &&
          or(
            gt(quality.usefulness, after.value),
            and(eq(quality.usefulness, after.value), gt(quality.id, after.id)),
          ),
      ),
    )
    .orderBy(asc(quality.usefulness), asc(quality.id))
    .limit(limit + 1)
  const { page, nextCursor } = cutPage(rows, limit, ({ usefulness, id }) => ({
    value: usefulness ?? 0,
    id,
  }))
  return { items: page.map((row) => toItemQuality(row, now)), nextCursor }
}

/** The quality of all items of a project together. */
export interface QualitySummary {
  /** Items that were used or verified. */
  readonly items: number
  readonly accesses: number
  /** Items of which some access was judged. */
  readonly judged: number
  /** Items of low quality; see `MetaStore.lowQuality`. */
  readonly low: number
  /** Means over the items that the figure is known of; absent where there are none. */
  readonly meanUsefulness?: number | undefined
  readonly meanConfidence?: number | undefined
}

/** Sums up the quality of all items; absent where nothing was used yet. */
export const summarizeQuality = async (
  db: Database,
  projectId: string,
): Promise<QualitySummary | undefined> => {
  const { memoryQuality: quality } = db.tables
  const [row] = await db.query
    .select({
      items: count(),
      accesses: sum(quality.accessCount).mapWith(Number),
      judged: count(quality.usefulness),
      meanUsefulness: avg(quality.usefulness).mapWith(Number),
      meanConfidence: avg(quality.confidence).mapWith(Number),
    })
    .from(quality)
    .where(eq(quality.projectId, projectId))
  if (!row || row.items === 0) return undefined
  const low = await db.query.$count(quality, lowIn(db, { projectId }))
  return {
    ...row,
    low,
    meanUsefulness: row.meanUsefulness ?? undefined,
    meanConfidence: row.meanConfidence ?? undefined,
  }
}
