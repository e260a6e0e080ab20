export type { Calibration } from './assess-calibration.ts'
export type { CalibrationSample } from './calibrate.ts'
export type { CognitiveLoad } from './cognitive-load.ts'
export type { Domain } from './coverage.ts'
export type { ForgetReceipt } from './forget.ts'
export type { Gap } from './gap.ts'
export type { ItemQuality } from './item-quality.ts'
export type { DomainKnowledge } from './knowledge.ts'
export { createMetaStore, type MetaStore, type MetaStoreOptions } from './meta-store.ts'
export { metaOperations } from './operations/meta-operations.ts'
export type {
  Contradiction,
  DomainFigures,
  DomainOutcomes,
  LayerReader,
  MetaReaders,
  ReaderScope,
  WorkingLoad,
} from './readers.ts'
export type { MetaReport } from './report.ts'
