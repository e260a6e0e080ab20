const ascii = /^[\0-\x7f]*$/

/** Combining accents, and characters that are invisible inside a word (soft hyphen, zero-width marks). */
const ignorable = /[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]/g

/**
 * Text in the form in which spellings are compared: compatibility forms (full width, ligatures), case and
 * accents are levelled, so that `STRASSE`, `straße` and `Café`, `CAFE` meet. Other marks, such as the vowel
 * signs of Indic scripts, stay.
 */
export const foldText = (text: string): string => {
  if (ascii.test(text)) return text.toLowerCase()
  // Upper, then lower case is full case folding (ß to ss, final sigma): toLowerCase alone is not.
  const caseless = text.normalize('NFKC').toUpperCase().toLowerCase()
  // Composed again at the end, or Hangul would stay in pieces.
  return caseless.normalize('NFKD').replace(ignorable, '').normalize('NFKC')
}
