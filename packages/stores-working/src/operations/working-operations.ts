import type { Operation } from '@athena-memory/operations'
import type { WorkingStore } from '../working-store.ts'
import { findOperations } from './find-operations.ts'
import { goalOperations } from './goal-operations.ts'
import { holdOperations } from './hold-operations.ts'
import { routerOperations } from './router-operations.ts'

/** Everything that can be done with working memory, over a `WorkingStore`. */
export const workingOperations: readonly Operation<WorkingStore>[] = [
  ...holdOperations,
  ...findOperations,
  ...goalOperations,
  ...routerOperations,
]
