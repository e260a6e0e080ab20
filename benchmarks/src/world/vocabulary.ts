import { createRandom, randomBelow } from './random.ts'

/** Words that hold sentences together; about every second word of a text is one of them. */
export const FUNCTION_WORDS = (
  'the and of to in for with that on we is was it from at by this has had our they are not but will ' +
  'after before when because about as if while you my your'
).split(' ')

/** Words of everyday work, the most frequent of the made-up language. */
const KNOWN_WORDS = (
  'project team plan meeting customer release server database query report budget design test review ' +
  'deploy schedule password trip garden recipe school music doctor train holiday market contract ' +
  'invoice device sensor update backup cluster latency index memory agent storage network failure ' +
  'decision deadline proposal feature library interface training family weekend birthday kitchen ' +
  'bicycle mountain painting concert language teacher neighbour apartment insurance mortgage'
).split(' ')

const ONSETS = 'b br c cl d dr f fl g gr h j k l m n p pl qu r s sh st t tr v w z'.split(' ')
const VOWELS = 'a e i o u ai ea ou'.split(' ')
const CODAS = 'n r l m t s d k x nd rt lm ck'.split(' ')
const ENDINGS = ['', '', '', 'ing', 'ed', 'er', 's', 'tion', 'ly', 'ment']

/** `size` different words, most of them made up of syllables, with the endings of English. */
export const createVocabulary = (size: number, seed: number): string[] => {
  const random = createRandom(seed)
  const one = (parts: readonly string[]) => parts[randomBelow(random, parts.length)] ?? ''
  const syllable = () => one(ONSETS) + one(VOWELS) + one(CODAS)
  const words = new Set(KNOWN_WORDS.slice(0, size))
  while (words.size < size) {
    words.add((random() < 0.5 ? syllable() : '') + syllable() + one(ENDINGS))
  }
  return [...words]
}
