import { checkItem, checkShares, chunksOf, type ItemRef } from '@athena-memory/db-core/stores'
import type { Database } from '@athena-memory/db-core'
import { and, avg, count, eq, gte, sql } from 'drizzle-orm'
import { assessCalibration, type Calibration } from './assess-calibration.ts'
import type { StoreContext } from './store-context.ts'

/** How sure somebody was, and how right that was. */
export interface CalibrationSample {
  /** From 0 to 1, as it was said before. */
  readonly reportedConfidence: number
  /** From 0 to 1, as it turned out: 1 where it was right, 0 where it was wrong. */
  readonly actualConfidence: number
  readonly domain?: string | undefined
  /** What the confidence was in, where it is a row. */
  readonly item?: ItemRef | undefined
}

/** Stores samples, all or none, and answers how many there were; see `MetaStore.calibrate`. */
export const recordSamples = async (
  { db, now, newId }: StoreContext,
  { projectId, samples }: { projectId: string; samples: readonly CalibrationSample[] },
): Promise<number> => {
  const at = now()
  const rows = samples.map(({ reportedConfidence, actualConfidence, domain, item }) => {
    checkShares({ reportedConfidence, actualConfidence })
    if (item) checkItem('item', item)
    return {
      id: newId(),
      projectId,
      domain,
      layer: item?.layer,
      itemId: item?.id,
      reportedConfidence,
      actualConfidence,
      recordedAt: at,
      createdAt: at,
      updatedAt: at,
    }
  })
  return db.transaction(async ({ query, tables: { calibration } }) => {
    let recorded = 0
    for (const chunk of chunksOf(rows)) {
      const written = await query
        .insert(calibration)
        .values(chunk)
        .returning({ id: calibration.id })
      recorded += written.length
    }
    return recorded
  })
}

/** Which samples. */
export interface CalibrationOptions {
  readonly projectId: string
  /** Default: all, also those of no domain. */
  readonly domain?: string | undefined
  /** Only samples from then on. */
  readonly since?: Date | undefined
}

/** How reported confidence compares with what came true; see `MetaStore.calibration`. */
export const readCalibration = async (
  { query, tables: { calibration } }: Database,
  { projectId, domain, since }: CalibrationOptions,
): Promise<Calibration | undefined> => {
  const { reportedConfidence: reported, actualConfidence: actual } = calibration
  const [means] = await query
    .select({
      samples: count(),
      meanReported: avg(reported).mapWith(Number),
      meanActual: avg(actual).mapWith(Number),
      meanAbsoluteError: avg(sql`abs(${reported} - ${actual})`).mapWith(Number),
    })
    .from(calibration)
    .where(
      and(
        eq(calibration.projectId, projectId),
        domain === undefined ? undefined : eq(calibration.domain, domain),
        since && gte(calibration.recordedAt, since),
      ),
    )
  if (!means) return undefined
  const { samples, meanReported, meanActual, meanAbsoluteError } = means
  return assessCalibration({
    samples,
    meanReported: meanReported ?? 0,
    meanActual: meanActual ?? 0,
    meanAbsoluteError: meanAbsoluteError ?? 0,
  })
}
