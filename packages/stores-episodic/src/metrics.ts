import { type Database, StorageError, type Tables } from '@athena-memory/db-core'
import { and, desc, eq, gte, lt } from 'drizzle-orm'
import { isKey, keyProblem, timeProblem } from './check-episode.ts'
import { findRow } from './find-episodes.ts'
import { cutPage } from '@athena-memory/db-core/stores'
import { isBelow } from './page-cursor.ts'
import type { StoreContext } from './store-context.ts'

/** A measurement of an episode. */
export interface NewMetric {
  readonly episodeId: string
  /** Such as `duration` or `coverage`. */
  readonly name: string
  readonly value: number
  readonly unit?: string | undefined
  /** Default now. */
  readonly measuredAt?: Date | undefined
}

/** A stored measurement. */
export interface Metric extends NewMetric {
  readonly id: string
  readonly projectId: string
  readonly measuredAt: Date
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** Which measurements to list: of an episode, or of a name over a project. */
export interface MetricOptions {
  readonly projectId: string
  readonly episodeId?: string | undefined
  readonly name?: string | undefined
  /** Measured from `from` on, until just before `to`. */
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  /** Default 50. */
  readonly limit?: number | undefined
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined
}

/** Measurements, the latest first. */
export interface MetricPage {
  readonly metrics: Metric[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

const DEFAULT_LIMIT = 50

/** Notes a measurement; see `EpisodicStore.addMetric`. */
export const addMetric = async (
  { db, newId, now }: StoreContext,
  given: NewMetric,
): Promise<Metric> => {
  checkMetric(given)
  const { episodeId, name, value, unit, measuredAt = now() } = given
  return db.transaction(async (tx) => {
    const episode = await findRow(tx, episodeId)
    if (!episode) {
      const detail = 'episodeId must be the id of an episode'
      throw new StorageError('missing-reference', { detail })
    }
    const times = { measuredAt, createdAt: now(), updatedAt: now() }
    const row = {
      id: newId(),
      projectId: episode.projectId,
      episodeId,
      name,
      value,
      unit,
      ...times,
    }
    const [stored] = await tx.query.insert(tx.tables.episodeMetrics).values(row).returning()
    if (!stored) throw new StorageError('busy')
    return toMetric(stored)
  })
}

const checkMetric = ({ name, value, measuredAt }: NewMetric): void => {
  const problem =
    (isKey(name) ? undefined : keyProblem('name', name)) ??
    (Number.isFinite(value) ? undefined : 'value must be a finite number') ??
    timeProblem('measuredAt', measuredAt)
  if (problem !== undefined) throw new StorageError('invalid', { detail: problem })
}

/** A page of measurements; see `EpisodicStore.metrics`. */
export const listMetrics = async (
  { query, tables: { episodeMetrics: metrics } }: Database,
  options: MetricOptions,
): Promise<MetricPage> => {
  const { projectId, episodeId, name, from, to, cursor, limit = DEFAULT_LIMIT } = options
  const rows = await query
    .select()
    .from(metrics)
    .where(
      and(
        eq(metrics.projectId, projectId),
        episodeId === undefined ? undefined : eq(metrics.episodeId, episodeId),
        name === undefined ? undefined : eq(metrics.name, name),
        from && gte(metrics.measuredAt, from),
        to && lt(metrics.measuredAt, to),
        isBelow({ by: metrics.measuredAt, isTime: true, id: metrics.id }, cursor),
      ),
    )
    .orderBy(desc(metrics.measuredAt), desc(metrics.id))
    .limit(limit + 1)
  const { page, nextCursor } = cutPage(rows, limit, ({ measuredAt, id }) => ({
    value: measuredAt.getTime(),
    id,
  }))
  return { metrics: page.map(toMetric), nextCursor }
}

const toMetric = (stored: Tables['episodeMetrics']['$inferSelect']): Metric => {
  const { tenantId: _, ...row } = stored
  return { ...row, unit: row.unit ?? undefined }
}
