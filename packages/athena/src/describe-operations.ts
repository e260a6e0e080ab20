import type { OperationDescription } from '@athena-memory/operations'
import { projectOperations } from '@athena-memory/stores-projects'
import { semanticOperations } from '@athena-memory/stores-semantic'
import { memoryOperations } from './memory-operations.ts'
import { inNamedProject } from './with-project.ts'

/** Everything that can be done with an open memory, without opening one. */
export const describeOperations = (): readonly OperationDescription[] => [
  ...memoryOperations,
  ...[...projectOperations, ...semanticOperations].map((operation) =>
    inNamedProject<OperationDescription>(operation),
  ),
]
