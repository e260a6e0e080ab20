import type { Operation } from '@athena-memory/operations'
import type { GraphStore } from '../graph-store.ts'
import { communityOperations } from './community-operations.ts'
import { entityOperations } from './entity-operations.ts'
import { relationOperations } from './relation-operations.ts'
import { traverseOperations } from './traverse-operations.ts'

/** Everything that can be done with the knowledge graph, over a `GraphStore`. */
export const graphOperations: readonly Operation<GraphStore>[] = [
  ...entityOperations,
  ...relationOperations,
  ...traverseOperations,
  ...communityOperations,
]
