const ascii = /^[\0-\x7f]*$/

// Combining accents, and what is invisible inside a word (soft hyphen, joiners, variation selectors). The zero-width
// space stays: it separates the words of scripts that are written without spaces.
const ignorable = /[\u0300-\u036f]|(?!\u200b)\p{Default_Ignorable_Code_Point}/gu

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
