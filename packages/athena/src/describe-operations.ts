import type { OperationDescription } from '@athena-memory/operations'
import type { AthenaOptions } from './athena-options.ts'
import { layerOperations, readsFiles } from './layers/layer-operations.ts'
import { memoryOperations } from './memory-operations.ts'
import { inNamedProject } from './with-project.ts'

/**
 * Everything that can be done with an open memory, without opening one.
 *
 * @param options `localFiles` as for `openAthena`
 */
export const describeOperations = ({
  localFiles = true,
}: Pick<AthenaOptions, 'localFiles'> = {}): readonly OperationDescription[] => [
  ...memoryOperations,
  ...layerOperations
    .filter((operation) => localFiles || !readsFiles(operation))
    .map((operation) => inNamedProject(operation)),
]
