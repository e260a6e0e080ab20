import type { Operation } from '@athena-memory/operations'
import type { MetaStore } from '../meta-store.ts'
import { assessmentOperations } from './assessment-operations.ts'
import { knowledgeOperations } from './knowledge-operations.ts'
import { qualityOperations } from './quality-operations.ts'

/** Everything that can be done with meta memory, over a `MetaStore`. */
export const metaOperations: readonly Operation<MetaStore>[] = [
  ...qualityOperations,
  ...knowledgeOperations,
  ...assessmentOperations,
]
