export { ConfigError, type DatabaseConfig, StorageError } from '@athena-memory/db-core'
export { type Embedder, type EmbedderConfig, ModelError } from '@athena-memory/models'
export { OperationError } from '@athena-memory/operations'
export type {
  AllLayers,
  ForgetReceipt,
  MemoryStatus,
  Recall,
  RecallOptions,
  Recollection,
} from './all-layers.ts'
export type { Athena, Layers, RememberOptions } from './athena.ts'
export type { AthenaOptions } from './athena-options.ts'
export { describeOperations, type DescribeOptions } from './describe-operations.ts'
export { findLayerName, type LayerName } from './layer-names.ts'
export { openAthena } from './open-athena.ts'
export { openOperations, type OpenOperations } from './open-operations.ts'
export {
  describePostgresOperations,
  loadPostgresSchema,
  readPostgresAccess,
} from './postgres-access.ts'
