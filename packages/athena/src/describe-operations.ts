import type { OperationDescription } from '@athena-memory/operations'
import { layerOperations } from './layers/layer-operations.ts'
import { memoryOperations } from './memory-operations.ts'
import { inNamedProject } from './with-project.ts'

/** Everything that can be done with an open memory, without opening one. */
export const describeOperations = (): readonly OperationDescription[] => [
  ...memoryOperations,
  ...layerOperations.map((operation) => inNamedProject(operation)),
]
