/** The layers that items go to, in the order of preference where nothing tells them apart. */
export const ROUTED_LAYERS = ['semantic', 'episodic', 'procedural', 'prospective'] as const
export type RoutedLayer = (typeof ROUTED_LAYERS)[number]

/** A layer and how well it fits, from 0 to 1. */
export interface RankedLayer {
  readonly layer: RoutedLayer
  readonly score: number
}

/** Layers by how well they fit, the best first; the order of `ROUTED_LAYERS` decides between equals. */
export const rankLayers = (scores: Readonly<Partial<Record<RoutedLayer, number>>>): RankedLayer[] =>
  ROUTED_LAYERS.map((layer) => ({ layer, score: scores[layer] ?? 0 })).toSorted(
    (one, other) => other.score - one.score,
  )
