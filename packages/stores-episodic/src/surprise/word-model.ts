/** How probable words are after the texts that were learned: by themselves, and after the word before. */
export interface WordModel {
  /** Texts learned and not unlearned since. */
  readonly texts: number
  learn(words: readonly string[]): void
  /** Takes back what `learn` did for the same words. */
  unlearn(words: readonly string[]): void
  /** Between 0 and 1, also for words that were never seen. */
  probability(word: string, previous?: string): number
  /** The probability of a word that was never seen, after any other: no word has a lower one. */
  floor(): number
  /** How far learning these words would move the probabilities of words, in nats: KL(after‖before). */
  shift(words: readonly string[]): number
}

/** How much the two views of a word count; they sum to 1. */
export const VIEW_WEIGHTS = { unigram: 0.6, bigram: 0.4 } as const

/** What each word counts before it is seen; the unseen words together count as one. */
const SMOOTHING = 0.5

/** A model that has learned nothing. */
export const createWordModel = (): WordModel => {
  const words = createCounts()
  const pairs = createCounts()
  const predecessors = createCounts()
  let texts = 0

  const add = (text: readonly string[], step: 1 | -1) => {
    texts += step
    text.forEach((word, at) => {
      words.add(word, step)
      const previous = text[at - 1]
      if (previous === undefined) return
      predecessors.add(previous, step)
      pairs.add(pairOf(previous, word), step)
    })
  }
  const unigram = (count: number) =>
    (count + SMOOTHING) / (words.total() + SMOOTHING * (words.size() + 1))

  return {
    get texts() {
      return texts
    },
    learn: (text) => add(text, 1),
    unlearn: (text) => add(text, -1),
    probability(word, previous) {
      const alone = unigram(words.of(word))
      const followed = previous === undefined ? 0 : predecessors.of(previous)
      if (previous === undefined || followed === 0) return alone
      const after = pairs.of(pairOf(previous, word)) / followed
      return VIEW_WEIGHTS.unigram * alone + VIEW_WEIGHTS.bigram * after
    },
    floor: () => VIEW_WEIGHTS.unigram * unigram(0),
    shift: (text) => shiftOf(words, text),
  }
}

const pairOf = (previous: string, word: string): string => `${previous} ${word}`

interface Counts {
  add(key: string, step: number): void
  of(key: string): number
  total(): number
  /** Distinct keys. */
  size(): number
}

const createCounts = (): Counts => {
  const counts = new Map<string, number>()
  let total = 0
  return {
    add(key, step) {
      const count = (counts.get(key) ?? 0) + step
      total += step
      if (count > 0) counts.set(key, count)
      else counts.delete(key)
    },
    of: (key) => counts.get(key) ?? 0,
    total: () => total,
    size: () => counts.size,
  }
}

/** KL(after‖before) of single words. Words that the text does not hold all shrink alike. */
const shiftOf = (words: Counts, text: readonly string[]): number => {
  const added = createCounts()
  for (const word of text) added.add(word, 1)
  const distinct = [...new Set(text)]
  const fresh = distinct.filter((word) => words.of(word) === 0).length
  const size = words.size() + fresh + 1
  const before = words.total() + SMOOTHING * size
  const after = before + text.length
  let [shift, held] = [0, 0]
  for (const word of distinct) {
    const was = (words.of(word) + SMOOTHING) / before
    const is = (words.of(word) + added.of(word) + SMOOTHING) / after
    shift += is * Math.log(is / was)
    held += is
  }
  return Math.max(shift + (1 - held) * Math.log(before / after), 0)
}
