export { analyze, type AnalysisPurpose } from './analysis/analyze.ts'
export {
  createDocumentIndex,
  type DocumentIndex,
  type DocumentIndexOptions,
  type DocumentIndexStatus,
} from './documents/document-index.ts'
export type { DocumentInput, PreparedDocument } from './documents/document-input.ts'
export type { EmbeddingProgress } from './documents/pending-documents.ts'
export type { DocumentSources, RemovalReceipt } from './documents/remove-documents.ts'
export type { SearchOptions } from './documents/search-options.ts'
export type { SearchOutcome, SearchResult } from './documents/search-result.ts'
