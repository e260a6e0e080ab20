import { createRandom, type Random, randomBelow } from './random.ts'
import { createVocabulary, FUNCTION_WORDS } from './vocabulary.ts'
import { createZipf } from './zipf.ts'

/** Different words of a collection of short texts. */
const VOCABULARY_SIZE = 12_000

/** Words of a text: at least, and at most. */
const [SHORTEST, LONGEST] = [8, 40]

/** Content words of a question. */
const QUESTION_WORDS = 6

/** Texts and questions about them, each the same for its number. */
export interface Sentences {
  /** A text of 8 to 40 words, mostly one sentence. */
  text(number: number): string
  /** A question in six words of a text, and `round` makes it another one. */
  question(number: number, round: number): string
}

/** Texts whose words follow Zipf's law, about half of them words like "the" and "of". */
export const createSentences = (seed: number): Sentences => {
  const vocabulary = createVocabulary(VOCABULARY_SIZE, seed)
  const draw = createZipf(vocabulary.length)
  const contentWord = (random: Random) => vocabulary[draw(random)] ?? ''
  const word = (random: Random) =>
    random() < 0.45
      ? (FUNCTION_WORDS[randomBelow(random, FUNCTION_WORDS.length)] ?? '')
      : contentWord(random)
  const wordsOf = (number: number) => {
    const random = createRandom(seed, number)
    const length = SHORTEST + randomBelow(random, LONGEST - SHORTEST + 1)
    return Array.from({ length }, () => word(random))
  }
  return {
    text: (number) => toSentence(wordsOf(number)),
    question(number, round) {
      const content = wordsOf(number).filter((candidate) => !FUNCTION_WORDS.includes(candidate))
      const random = createRandom(seed, number, round)
      const chosen = new Set<string>()
      while (chosen.size < QUESTION_WORDS) {
        const own = content[randomBelow(random, content.length)]
        // Short texts have too few words of their own.
        chosen.add(chosen.size < content.length / 2 && own ? own : contentWord(random))
      }
      return `What about the ${[...chosen].join(' ')}?`
    },
  }
}

const toSentence = (words: readonly string[]): string => {
  const text = words.join(' ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
