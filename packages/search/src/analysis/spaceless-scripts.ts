/** Scripts that write words without spaces between them, and Hangul, whose words carry particles. */
const SPACELESS =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}' +
  '\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\u30fc'

const RUNS = new RegExp(`[${SPACELESS}]+|[^${SPACELESS}]+`, 'gu')
const CONTAINS = new RegExp(`[${SPACELESS}]`, 'u')
const WORD_BY_ITSELF = /[\p{Script=Han}\p{Script=Hangul}]/u

/** Whether any character belongs to a script that is written without spaces. */
export const isSpaceless = (text: string): boolean => CONTAINS.test(text)

/** Cuts a word into runs that are wholly spaceless or wholly not, in order. */
export const splitScripts = (word: string): string[] => word.match(RUNS) ?? []

/**
 * The pairs of neighbouring characters of a run, in order; a run of one character is itself.
 * These stand for its words, which only a dictionary could find.
 */
export const toBigrams = (run: string): string[] => {
  const characters = Array.from(run)
  if (characters.length === 1) return characters
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`)
}

/**
 * The characters of a run that can be a word by themselves. A document holds them beside its pairs,
 * so that a question of one character finds it.
 */
export const toSingleCharacters = (run: string): string[] =>
  Array.from(run).filter((character) => WORD_BY_ITSELF.test(character))
