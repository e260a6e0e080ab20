import { createWordModel, type WordModel } from './word-model.ts'

/** How much each part counts; they sum to 1. */
export const SURPRISE_WEIGHTS = { improbability: 0.6, shift: 0.4 } as const

/** Words of a text that count, from its beginning. */
export const MAX_WORDS = 500

/** How to measure surprise along a sequence of texts. */
export interface SurpriseOptions {
  /** Texts before each one that it is measured against; default 50. */
  readonly window?: number | undefined
  /** Texts that must have come before to say anything; default 5. */
  readonly minTexts?: number | undefined
}

const WINDOW = 50
const MIN_TEXTS = 5

/**
 * How unexpected a text is after what a model has learned, from 0 to 1: .6 mean improbability of its
 * words, -ln p as a share of what an unknown word has (p = .6 of the word by itself + .4 after the
 * word before it, smoothed), + .4 (1 - e^-KL) of how far the text moves the probabilities.
 */
export const surpriseOf = (words: readonly string[], model: WordModel): number => {
  if (words.length === 0) return 0
  const most = -Math.log(model.floor())
  const total = words.reduce(
    (sum, word, at) => sum - Math.log(model.probability(word, words[at - 1])),
    0,
  )
  const improbability = most > 0 ? Math.min(total / words.length / most, 1) : 0
  const shift = 1 - Math.exp(-model.shift(words))
  return SURPRISE_WEIGHTS.improbability * improbability + SURPRISE_WEIGHTS.shift * shift
}

/**
 * The surprise of each text after the ones before it in the sequence, given as their words; undefined
 * where too few came before.
 */
export const measureSurprise = (
  texts: readonly (readonly string[])[],
  { window = WINDOW, minTexts = MIN_TEXTS }: SurpriseOptions = {},
): (number | undefined)[] => {
  const model = createWordModel()
  const kept = texts.map((words) => words.slice(0, MAX_WORDS))
  return kept.map((words, at) => {
    const surprise = model.texts >= minTexts ? surpriseOf(words, model) : undefined
    model.learn(words)
    const oldest = kept[at - window]
    if (oldest !== undefined && at >= window) model.unlearn(oldest)
    return surprise
  })
}
