import type { WorkingItem } from '../items/item.ts'
import { type Features, featuresOf } from './features.ts'
import type { RankedLayer, RoutedLayer } from './layers.ts'
import type { RouteMethod } from './route.ts'
import type { TrainedRouter } from './router-model.ts'
import { rankByRules } from './rules.ts'

/** Where an item should go. */
export interface Decision {
  readonly features: Features
  readonly targetLayer: RoutedLayer
  /** From 0 to 1: what the rules say, or the share of trees that agree. */
  readonly confidence: number
  readonly method: RouteMethod
  readonly modelVersion?: number | undefined
  /** All layers, the best first. */
  readonly ranking: readonly RankedLayer[]
}

/** Decides by the trained router, or by rules where there is none. */
export const decideRoute = (
  item: WorkingItem,
  { router, at }: { router: TrainedRouter | undefined; at: Date },
): Decision => {
  const features = featuresOf(item, at)
  const ranking = router ? router.rank(features) : rankByRules(features)
  const [best] = ranking
  if (best === undefined) throw new RangeError('a ranking holds every layer')
  return {
    features,
    ranking,
    targetLayer: best.layer,
    confidence: best.score,
    method: router ? 'forest' : 'rules',
    modelVersion: router?.version,
  }
}
