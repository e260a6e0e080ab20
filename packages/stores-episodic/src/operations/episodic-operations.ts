import type { Operation } from '@athena-memory/operations'
import type { EpisodicStore } from '../episodic-store.ts'
import { findOperations } from './find-operations.ts'
import { ingestOperations } from './ingest-operations.ts'
import { recordOperations } from './record-operations.ts'

/** Everything that can be done with episodic memory, over an `EpisodicStore`. */
export const episodicOperations: readonly Operation<EpisodicStore>[] = [
  ...recordOperations,
  ...findOperations,
  ...ingestOperations,
]
