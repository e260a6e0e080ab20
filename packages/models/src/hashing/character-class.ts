/** Separates words. */
const separator = 1
/** Part of a word: a letter or a digit. */
export const wordCharacter = 2
/** A letter of a script that is read in pairs of characters: Chinese, Japanese, Korean. */
export const pairedCharacter = 3
/** Goes with the word before it, such as the vowel signs of Indic scripts; says nothing alone. */
export const mark = 4

const pairedScripts = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}]/u

const classify = (codePoint: number): number => {
  const character = String.fromCodePoint(codePoint)
  if (/\p{M}/u.test(character)) return mark
  if (!/[\p{L}\p{N}]/u.test(character)) return separator
  return pairedScripts.test(character) ? pairedCharacter : wordCharacter
}

// Every code point is classified once: the regular expressions would cost more than all the hashing.
const known = new Uint8Array(0x110000)

/** The class of a code point. */
export const characterClass = (codePoint: number): number =>
  known[codePoint] || (known[codePoint] = classify(codePoint))
