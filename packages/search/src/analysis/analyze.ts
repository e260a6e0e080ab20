import { stemmer } from 'stemmer'
import { fold } from './fold.ts'
import { toBaseForm } from './irregular-forms.ts'
import { isSpaceless, splitScripts, toBigrams, toSingleCharacters } from './spaceless-scripts.ts'
import { splitIdentifier, splitWords, stripApostrophes } from './split-words.ts'
import { STOP_WORDS } from './stop-words.ts'

/** What a text is analysed for; they differ where words are not separated by spaces. */
export type AnalysisPurpose = 'document' | 'query'

/** Longer words are cut: encoded data is no vocabulary. In characters. */
export const MAX_STEM_LENGTH = 64

const MAX_REMEMBERED_WORDS = 50_000
const MAX_REMEMBERED_LENGTH = 32
const ENGLISH_WORD = /^[a-z]{3,}$/
const ASCII = /^[\0-\x7f]*$/
const FOREIGN = /[^a-z0-9+#._\u0080-\uffff]/g

const remembered = new Map<string, readonly string[]>()

/**
 * The stems of a text, in order, for any text at all. Case, accents, English inflection and stop
 * words are gone; identifiers give themselves and their parts; text without spaces gives pairs of
 * characters. A stem holds no white space and no ASCII but `a-z 0-9 + # . _`. Text without words
 * has no stems.
 */
export const analyze = (text: string, purpose: AnalysisPurpose = 'document'): string[] => {
  const stems: string[] = []
  for (const word of splitWords(normalize(text.replaceAll('\0', '')))) {
    for (const stem of toStems(word, purpose)) stems.push(stem)
  }
  return stems
}

/** Most texts are ASCII, which is normal already. */
const normalize = (text: string): string => (ASCII.test(text) ? text : text.normalize('NFKC'))

const toStems = (word: string, purpose: AnalysisPurpose): readonly string[] => {
  const known = remembered.get(word)
  if (known !== undefined) return known
  if (isSpaceless(word)) return splitScripts(word).flatMap((run) => toRunStems(run, purpose))
  const stems = toWordStems(word)
  if (word.length <= MAX_REMEMBERED_LENGTH) remember(word, stems)
  return stems
}

const remember = (word: string, stems: readonly string[]): void => {
  if (remembered.size >= MAX_REMEMBERED_WORDS) remembered.clear()
  remembered.set(word, stems)
}

const toRunStems = (run: string, purpose: AnalysisPurpose): string[] => {
  if (!isSpaceless(run)) return toWordStems(run)
  const pairs = toBigrams(run)
  if (purpose === 'query' || pairs[0] === run) return pairs.map(toStem)
  return [...pairs, ...toSingleCharacters(run)].map(toStem)
}

const toWordStems = (word: string): string[] => {
  const bare = stripApostrophes(word)
  return [bare, ...splitIdentifier(bare)]
    .map(fold)
    .filter((folded) => folded !== '' && !STOP_WORDS.has(folded))
    .map(toStem)
    .filter((stem) => stem !== '')
}

const toStem = (word: string): string => {
  const base = toBaseForm(fold(word))
  const stem = ENGLISH_WORD.test(base) ? toEnglishStem(base) : base
  return cut(stem.replace(FOREIGN, ''))
}

/**
 * Porter's stem, in which a y stays after a vowel, as in step 1c of his later English stemmer
 * (https://snowballstem.org/algorithms/english/stemmer.html): deploy is found where deployment stands.
 */
const toEnglishStem = (word: string): string => stemmer(word).replace(/(?<=[aeou])i$/, 'y')

/** Cuts between characters: half a surrogate pair is no text to a database. */
const cut = (stem: string): string =>
  stem.length <= MAX_STEM_LENGTH ? stem : Array.from(stem).slice(0, MAX_STEM_LENGTH).join('')
