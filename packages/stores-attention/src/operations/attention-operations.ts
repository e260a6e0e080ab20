import type { Operation } from '@athena-memory/operations'
import type { AttentionStore } from '../attention-store.ts'
import { activationOperations } from './activation-operations.ts'
import { associationOperations } from './association-operations.ts'
import { focusOperations } from './focus-operations.ts'
import { upkeepOperations } from './upkeep-operations.ts'

/** Everything that can be done with attention, over an `AttentionStore`. */
export const attentionOperations: readonly Operation<AttentionStore>[] = [
  ...associationOperations,
  ...activationOperations,
  ...focusOperations,
  ...upkeepOperations,
]
