import type { OperationDescription } from '@athena-memory/operations'
import type { AthenaOptions } from './athena-options.ts'
import { type LayerName, layerNames } from './layer-names.ts'
import { readsFiles } from './layers/reads-files.ts'
import { singleLayers } from './layers/single-layers.ts'
import { inNamedProject } from './with-project.ts'

/** What to describe. */
export interface DescribeOptions extends Pick<AthenaOptions, 'localFiles'> {
  /** Only these layers; no other is loaded. All of them unless given. */
  readonly layers?: readonly LayerName[] | undefined
}

/**
 * Everything that can be done with an open memory, without opening one.
 *
 * @param options `localFiles` as for `openAthena`
 */
export const describeOperations = async ({
  localFiles = true,
  layers = layerNames,
}: DescribeOptions = {}): Promise<readonly OperationDescription[]> => {
  const described = await Promise.all(layers.map(describeLayer))
  return described.flat().filter((operation) => localFiles || !readsFiles(operation))
}

const describeLayer = async (layer: LayerName): Promise<readonly OperationDescription[]> => {
  if (layer === 'memory') return (await import('./memory-operations.ts')).memoryOperations
  const { operations } = await singleLayers[layer]()
  return operations.map((operation) => inNamedProject(operation))
}
