import { type SingleLayerName, singleLayers } from './layers/single-layers.ts'

/** What operations are grouped by: `memory` for those over all layers, otherwise a layer. */
export type LayerName = 'memory' | SingleLayerName

const isLayerName = (name: string): name is LayerName => name === 'memory' || name in singleLayers

/** All of them, in the order in which they are shown. */
export const layerNames: readonly LayerName[] = ['memory', ...Object.keys(singleLayers)].filter(
  (name) => isLayerName(name),
)

/** The layer of that name; undefined where there is none. */
export const findLayerName = (name: string): LayerName | undefined =>
  layerNames.find((known) => known === name)
