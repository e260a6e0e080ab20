import type { FeatureName, Features } from './features.ts'
import { type RankedLayer, rankLayers, type RoutedLayer } from './layers.ts'

/** What speaks for a layer, and how much; a fact needs no sign. */
export interface Rule {
  readonly layer: RoutedLayer
  readonly feature?: FeatureName
  readonly score: number
}

/**
 * How items are routed while there is no model: what is still to come is a task, what has a time is an
 * event, what is done is a procedure, and everything else a fact.
 */
const RULES: readonly Rule[] = [
  { layer: 'prospective', feature: 'hasFutureMarker', score: 0.7 },
  { layer: 'episodic', feature: 'hasTemporalMarker', score: 0.67 },
  { layer: 'procedural', feature: 'hasActionVerb', score: 0.63 },
  { layer: 'semantic', score: 0.6 },
]

/** All layers by the rules that hold, the best first. */
export const rankByRules = (features: Features, rules: readonly Rule[] = RULES): RankedLayer[] => {
  const holding = rules.filter(({ feature }) => feature === undefined || features[feature] > 0)
  return rankLayers(Object.fromEntries(holding.map(({ layer, score }) => [layer, score])))
}
