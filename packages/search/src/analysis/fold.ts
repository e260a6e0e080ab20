/** Letters that Unicode does not take apart into a base letter and an accent. */
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  ß: 'ss',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ŧ: 't',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ς: 'σ',
}

const ASCII = /^[\0-\x7f]*$/
const ACCENTS = /[\u0300-\u036f]/g
const FOLDED = new RegExp(`[${Object.keys(UNDECOMPOSED).join('')}]`, 'g')

/**
 * Gives spellings that people take for the same one form: compatibility forms, case and accents of
 * Latin, Greek and Cyrillic letters are folded (`Łódź` and `LODZ` are `lodz`). Marks of other
 * scripts, which are vowels there, stay.
 */
export const fold = (word: string): string =>
  ASCII.test(word) ? word.toLowerCase() : foldUnicode(word)

const foldUnicode = (word: string): string =>
  word
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .replace(FOLDED, (letter) => UNDECOMPOSED[letter] ?? letter)
    .normalize('NFKC')
