const WORD =
  /[\p{L}\p{N}\p{M}]+(?:(?:[._'’]+|(?<=\p{N}),(?=\p{N}{3}(?!\p{N})))[\p{L}\p{N}\p{M}]+)*(?:(?:\+\+|#)(?![\p{L}\p{N}]))?/gu

/**
 * The words of a text in order. Dots, underscores and apostrophes inside a word belong to it
 * (`node.js`, `snake_case`, `don't`), as do a final `++` or `#` (`c++`); hyphens and slashes part words.
 */
export const splitWords = (text: string): string[] => text.match(WORD) ?? []

const CONTRACTION = /['’](?:s|m|d|ll|re|ve)$/i
const ELISION = /^(?:\p{L}|qu)['’]/iu
const APOSTROPHES = /['’]/g
const HUMP = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u
const NUMBER = /^\p{N}[\p{N}.,]*$/u
const JOINT = /[._]+/

/**
 * A word without what grammar hung on it: `Anna's` is `Anna`, `l'école` is `école`, `don't` is
 * `dont`.
 */
export const stripApostrophes = (word: string): string =>
  word.replace(CONTRACTION, '').replace(ELISION, '').replace(APOSTROPHES, '')

/**
 * The parts of an identifier, in order: `parseHTTPHeader` is `parse`, `HTTP`, `Header`. Single
 * letters are no parts. Empty for a word or a number that has no parts.
 */
export const splitIdentifier = (word: string): string[] => {
  if (NUMBER.test(word)) return []
  const parts = word.split(JOINT).flatMap((part) => part.split(HUMP))
  return parts.length > 1 ? parts.filter((part) => part.length > 1) : []
}
