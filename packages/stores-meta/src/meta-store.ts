import { type Database, newId } from '@athena-memory/db-core'
import type { Calibration } from './assess-calibration.ts'
import {
  type CalibrationOptions,
  type CalibrationSample,
  readCalibration,
  recordSamples,
} from './calibrate.ts'
import type { CognitiveLoad } from './cognitive-load.ts'
import {
  categorizeDomain,
  type Domain,
  type DomainCategory,
  type DomainOptions,
  type DomainPage,
  listDomains,
} from './coverage.ts'
import { type ForgetReceipt, forgetItems, forgetRows } from './forget.ts'
import type { Gap } from './gap.ts'
import type { ItemQuality } from './item-quality.ts'
import type { ItemRef } from '@athena-memory/db-core/stores'
import { type DomainKnowledge, toKnowledge } from './knowledge.ts'
import { type GapOptions, type GapPage, listGaps, resolveGap } from './list-gaps.ts'
import { listLowQuality, type LowQualityOptions, type QualityPage } from './low-quality.ts'
import { readLayers } from './read-layers.ts'
import type { MetaReaders } from './readers.ts'
import {
  type ItemAccess,
  type ItemStatement,
  readQualities,
  recordAccesses,
  verifyItem,
} from './record-access.ts'
import { refreshed } from './refresh.ts'
import { makeReport, type MetaReport, readLoad } from './report.ts'
import type { StoreContext } from './store-context.ts'
import {
  listTransfers,
  type NewTransfer,
  recordTransfer,
  type Transfer,
  type TransferOptions,
  type TransferPage,
} from './transfers.ts'

/** What the store needs besides a database. */
export interface MetaStoreOptions {
  /** How other layers are read. */
  readonly readers: MetaReaders
  readonly now?: (() => Date) | undefined
  readonly newId?: (() => string) | undefined
}

/** What is known about what is known. Every figure is computed from rows; without rows it is absent. */
export interface MetaStore {
  /**
   * Counts an access of each item, and whether it was useful where somebody can tell; in the order of
   * the items, each once. Concurrent callers lose nothing of one another's counts.
   *
   * @throws StorageError `invalid` that names the field, `missing-reference` without such a project
   */
  recordAccess(accesses: {
    projectId: string
    items: readonly ItemAccess[]
  }): Promise<ItemQuality[]>
  /** Notes that somebody made sure of an item just now, and how sure they are. */
  verify(item: ItemStatement & { projectId: string }): Promise<ItemQuality>
  /** What became known of items by using them, in their order; those that were never used are left out. */
  quality(options: { projectId: string; items: readonly ItemRef[] }): Promise<ItemQuality[]>
  /** What was judged at least 5 times and found useful less than .3 of them, the least useful first. */
  lowQuality(options: LowQualityOptions): Promise<QualityPage>
  /** The domains of a project as of now, the highest expertise first, then those of unknown expertise. */
  domains(options: DomainOptions): Promise<DomainPage>
  /** Says what sort of domain it is; `undefined` where nothing is known of such a domain. */
  categorize(choice: {
    projectId: string
    domain: string
    category: DomainCategory
  }): Promise<Domain | undefined>
  /** How much all layers know of one domain now; `undefined` where they know nothing. */
  expertise(options: { projectId: string; domain: string }): Promise<DomainKnowledge | undefined>
  /**
   * What is missing or wrong as of now, the most severe first. What the data no longer show is
   * resolved; what somebody resolved opens again only when it gets worse.
   */
  gaps(options: GapOptions): Promise<GapPage>
  /** Says what was done about a gap. One that is resolved already stays as it is. */
  resolveGap(id: string, resolution: string): Promise<Gap | undefined>
  /**
   * Notes that something known in one project is of use in another. It copies nothing.
   *
   * @throws StorageError `missing-reference` without such projects
   */
  transfer(transfer: NewTransfer): Promise<Transfer>
  /** What a project received from others, or gave, the latest first. */
  transfers(options: TransferOptions): Promise<TransferPage>
  /** Notes how sure somebody was and how right that was; how many samples. */
  calibrate(given: { projectId: string; samples: readonly CalibrationSample[] }): Promise<number>
  /** How reported confidence compares with what came true; `undefined` without samples. */
  calibration(options: CalibrationOptions): Promise<Calibration | undefined>
  /** How much there is to keep in mind; `undefined` where nobody reads working memory. */
  load(options: {
    projectId: string
    latencyMs?: number | undefined
  }): Promise<CognitiveLoad | undefined>
  /** All of the above in short, as of now. */
  report(projectId: string): Promise<MetaReport>
  /** Erases rows of this layer by their ids. Domains and gaps that show in the data come back. */
  forget(ids: readonly string[]): Promise<ForgetReceipt>
  /**
   * Erases whatever names these items of other layers, once they are erased there, and brings domains
   * and gaps of their project up to date.
   */
  forgetItems(given: { projectId: string; items: readonly ItemRef[] }): Promise<ForgetReceipt>
}

/** The store of meta memory over a database or a transaction. */
export const createMetaStore = (db: Database, options: MetaStoreOptions): MetaStore => {
  const { readers, now = () => new Date(), newId: makeId = newId } = options
  const store: StoreContext = { db, readers, now, newId: makeId }
  return {
    recordAccess: (accesses) => recordAccesses(store, accesses),
    verify: (item) => verifyItem(store, item),
    quality: (items) => readQualities(db, items, now()),
    lowQuality: (page) => listLowQuality(db, page, now()),
    // A later page shows the same figures as the first.
    domains: (page) =>
      page.cursor === undefined
        ? refreshed(store, page.projectId, (tx) => listDomains(tx, page))
        : listDomains(db, page),
    categorize: (choice) =>
      refreshed(store, choice.projectId, (tx) => categorizeDomain(tx, choice, now())),
    expertise: ({ projectId, domain }) =>
      db.read(async (snapshot) => {
        const { figures } = await readLayers({ ...store, db: snapshot }, { projectId, domain })
        return toKnowledge(figures).find((known) => known.domain === domain)
      }),
    gaps: (page) =>
      page.cursor === undefined
        ? refreshed(store, page.projectId, (tx) => listGaps(tx, page))
        : listGaps(db, page),
    resolveGap: (id, resolution) => resolveGap(db, { id, resolution, at: now() }),
    transfer: (transfer) => recordTransfer(store, transfer),
    transfers: (page) => listTransfers(db, page),
    calibrate: (samples) => recordSamples(store, samples),
    calibration: (samples) => readCalibration(db, samples),
    load: (scope) => readLoad(store, scope),
    report: (projectId) => makeReport(store, projectId),
    forget: (ids) => forgetRows(db, ids),
    forgetItems: (items) => forgetItems(store, items),
  }
}
