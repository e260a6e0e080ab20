import type { Operation } from '@athena-memory/operations'
import type { SemanticStore } from '../semantic-store.ts'
import { recallOperations } from './recall-operations.ts'
import { rememberOperations } from './remember-operations.ts'
import { upkeepOperations } from './upkeep-operations.ts'

/** Everything that can be done with semantic memory, over a `SemanticStore`. */
export const semanticOperations: readonly Operation<SemanticStore>[] = [
  ...rememberOperations,
  ...recallOperations,
  ...upkeepOperations,
]
