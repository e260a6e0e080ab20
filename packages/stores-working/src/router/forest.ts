import { setImmediate } from 'node:timers/promises'
import { RandomForestClassifier } from 'ml-random-forest'
import { type RankedLayer, rankLayers, type RoutedLayer } from './layers.ts'

/** A forest as its library writes it. */
export type ForestJson = Parameters<typeof RandomForestClassifier.load>[0]

/** How a forest is grown. */
export interface ForestOptions {
  readonly trees: number
  readonly maxDepth: number
  /** Fewer routes than this are not told apart any further. */
  readonly minSplit: number
  /** Share of the features that each tree knows. */
  readonly featureShare: number
  /** The same routes and the same seed give the same forest. A 32-bit integer. */
  readonly seed: number
}

/** Most routes show by one or two features: nearly every tree must know them. */
export const FOREST: ForestOptions = {
  trees: 100,
  maxDepth: 10,
  minSplit: 5,
  featureShare: 0.9,
  seed: 20_260_101,
}

/** A route whose layer is known. */
export interface Sample {
  readonly vector: readonly number[]
  readonly layer: RoutedLayer
}

/** Trees that are grown before others get their turn; the library works without a pause. */
const TREES_AT_ONCE = 2

/** Grows a forest; `layers` are the names of its numbers. */
export const growForest = async (
  samples: readonly Sample[],
  layers: readonly RoutedLayer[],
  options: ForestOptions,
): Promise<ForestJson> => {
  const groves: ForestJson[] = []
  for (let grown = 0; grown < options.trees; grown += TREES_AT_ONCE) {
    await setImmediate()
    const trees = Math.min(TREES_AT_ONCE, options.trees - grown)
    groves.push(growGrove(samples, layers, { ...options, trees, seed: options.seed + grown }))
  }
  return joinGroves(groves)
}

const growGrove = (
  samples: readonly Sample[],
  layers: readonly RoutedLayer[],
  { trees, maxDepth, minSplit, featureShare, seed }: ForestOptions,
): ForestJson => {
  const forest = new RandomForestClassifier({
    nEstimators: trees,
    seed,
    maxFeatures: featureShare,
    replacement: false,
    useSampleBagging: true,
    noOOB: true,
    treeOptions: { maxDepth, minNumSamples: minSplit - 1 },
  })
  forest.train(
    samples.map(({ vector }) => [...vector]),
    samples.map(({ layer }) => layers.indexOf(layer)),
  )
  return forest.toJSON()
}

const joinGroves = (groves: readonly ForestJson[]): ForestJson => {
  const [first] = groves
  if (first === undefined) throw new RangeError('a forest has at least one tree')
  const estimators = groves.flatMap(({ baseModel }) => baseModel.estimators)
  const indexes = groves.flatMap(({ baseModel }) => baseModel.indexes)
  const nEstimators = estimators.length
  return { ...first, baseModel: { ...first.baseModel, estimators, indexes, nEstimators } }
}

/**
 * A forest as it is stored: without what the library writes into every node and does not read again,
 * which is more than half of it.
 */
export const toStoredForest = (json: ForestJson): Record<string, unknown> =>
  JSON.parse(JSON.stringify(json, (_, value: unknown) => slimNode(value)))

const slimNode = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if ('distribution' in value && value.distribution) return { distribution: value.distribution }
  if (!('splitColumn' in value && 'left' in value && 'right' in value)) return value
  const { splitColumn, left, right } = value
  const splitValue = 'splitValue' in value ? value.splitValue : undefined
  return { splitColumn, splitValue, left, right }
}

/** Whether something stored is a forest. */
export const isForestJson = (value: unknown): value is ForestJson =>
  typeof value === 'object' && value !== null && 'name' in value && value.name === 'RFClassifier'

/** A forest that answers. */
export interface Forest {
  /** Layers by the share of trees that are for them, the best first. */
  rank(vector: readonly number[]): RankedLayer[]
}

/** Makes a forest of what `growForest` gave, or of that after it was stored. */
export const openForest = (json: ForestJson, layers: readonly RoutedLayer[]): Forest => {
  const forest = RandomForestClassifier.load(json)
  return {
    rank(vector) {
      // Its own `predictProbability` takes the number of the first tree's layer for a share.
      const votes = forest.predictionValues([[...vector]]).getRow(0)
      const shares = layers.map((layer, index) => [
        layer,
        votes.filter((vote) => vote === index).length / votes.length,
      ])
      return rankLayers(Object.fromEntries(shares))
    },
  }
}

const FOLDS = 5

/**
 * The share of routes that forests get right which were grown without them, from 0 to 1: five parts,
 * each with its share of every layer, are each judged by a forest of the other four.
 */
export const crossValidate = async (
  samples: readonly Sample[],
  layers: readonly RoutedLayer[],
  options: ForestOptions,
): Promise<number> => {
  const sorted = samples.toSorted(
    (one, other) => layers.indexOf(one.layer) - layers.indexOf(other.layer),
  )
  const folds = Math.min(FOLDS, samples.length)
  let right = 0
  for (let fold = 0; fold < folds; fold += 1) {
    const known = sorted.filter((_, index) => index % folds !== fold)
    const asked = sorted.filter((_, index) => index % folds === fold)
    const forest = openForest(await growForest(known, layers, options), layers)
    right += asked.filter(({ vector, layer }) => forest.rank(vector)[0]?.layer === layer).length
  }
  return right / samples.length
}
