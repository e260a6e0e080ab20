import { and, eq, isNull } from 'drizzle-orm'
import type { Calibration } from './assess-calibration.ts'
import { readCalibration } from './calibrate.ts'
import { assessLoad, type CognitiveLoad } from './cognitive-load.ts'
import { type Domain, listDomains } from './coverage.ts'
import type { Gap } from './gap.ts'
import { type LayerFigures, meanOf } from './knowledge.ts'
import { listGaps } from './list-gaps.ts'
import { type QualitySummary, summarizeQuality } from './low-quality.ts'
import { refreshed } from './refresh.ts'
import type { StoreContext } from './store-context.ts'
import { countTransfers } from './transfers.ts'

/** What one layer holds. */
export interface LayerSummary {
  readonly layer: string
  readonly rows: number
  readonly domains: number
  /** Means over its rows, from 0 to 1; absent where the layer knows none. */
  readonly meanConfidence?: number | undefined
  readonly meanUsefulness?: number | undefined
}

/** What is known about what is known. Counts are of rows; figures without any rows are absent. */
export interface MetaReport {
  /** Layers that hold something, in the order of their readers. */
  readonly layers: LayerSummary[]
  /** How many there are, and those that most is known of, at most ten. */
  readonly domains: { readonly count: number; readonly best: Domain[] }
  /** How many are open, and the most severe, at most ten. */
  readonly gaps: { readonly open: number; readonly worst: Gap[] }
  /** Known outcomes of the last 30 days. */
  readonly outcomes?: { readonly total: number; readonly failures: number } | undefined
  readonly quality?: QualitySummary | undefined
  readonly calibration?: Calibration | undefined
  readonly load?: CognitiveLoad | undefined
  readonly transfers: { readonly received: number; readonly given: number }
}

const MAX_LISTED = 10

/** Sums everything up; see `MetaStore.report`. */
export const makeReport = (store: StoreContext, projectId: string): Promise<MetaReport> =>
  refreshed(store, projectId, async (tx, { figures, outcomes }) => {
    const { domainCoverage: coverage, knowledgeGaps: gaps } = tx.tables
    const page = { projectId, limit: MAX_LISTED }
    const total = sumOf(outcomes.map((each) => each.total))
    const isKnown = total > 0
    return {
      layers: summarizeLayers(figures),
      domains: {
        count: await tx.query.$count(coverage, eq(coverage.projectId, projectId)),
        best: (await listDomains(tx, page)).domains,
      },
      gaps: {
        open: await tx.query.$count(
          gaps,
          and(eq(gaps.projectId, projectId), isNull(gaps.resolvedAt)),
        ),
        worst: (await listGaps(tx, page)).gaps,
      },
      outcomes: isKnown
        ? { total, failures: sumOf(outcomes.map((each) => each.failures)) }
        : undefined,
      quality: await summarizeQuality(tx, projectId),
      calibration: await readCalibration(tx, { projectId }),
      load: await readLoad({ ...store, db: tx }, { projectId }),
      transfers: await countTransfers(tx, projectId),
    }
  })

const sumOf = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0)

const summarizeLayers = (figures: readonly LayerFigures[]): LayerSummary[] =>
  [...new Set(figures.map(({ layer }) => layer))].map((layer) => {
    const own = figures.filter((each) => each.layer === layer)
    return {
      layer,
      rows: sumOf(own.map((each) => each.count)),
      domains: own.length,
      meanConfidence: meanOf(own, (each) => each.meanConfidence),
      meanUsefulness: meanOf(own, (each) => each.meanUsefulness),
    }
  })

/** How much there is to keep in mind; see `MetaStore.load`. */
export const readLoad = async (
  { db, readers }: StoreContext,
  { projectId, latencyMs }: { projectId: string; latencyMs?: number | undefined },
): Promise<CognitiveLoad | undefined> => {
  const load = await readers.load?.(db, { projectId })
  return load && assessLoad(load, latencyMs)
}
