import { characterClass, mark, pairedCharacter, wordCharacter } from './character-class.ts'
import { foldText } from './fold-text.ts'

const wordSeed = 0x811c9dc5
const gramSeed = 0x9e3779b9
const pairSeed = 0x85ebca6b

/** Stands before and after a word in its trigrams. No text holds it: control characters separate words. */
const boundary = 2

/** One step of FNV-1a, over a whole code point (Fowler, Noll, Vo). */
const step = (hash: number, codePoint: number) => Math.imul(hash ^ codePoint, 0x01000193)

/** The finaliser of MurmurHash3 (Appleby): FNV alone mixes its last character badly. */
const mix = (hash: number): number => {
  const first = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35)
  return (second ^ (second >>> 16)) >>> 0
}

/** Code points of scratch space that are kept from text to text; a longer text gets its own. */
const keptLength = 16_384

// Scratch space, reused by every text. Nothing here awaits, so no two texts meet in it.
let points = new Uint32Array(keptLength)
let features = new Uint32Array(2 * keptLength)
let count = 0

const resizeScratch = (length: number) => {
  points = new Uint32Array(length)
  // At most two features a character: a one-letter word and its trigram, a character and its pair.
  features = new Uint32Array(2 * length)
}

/** The lowest bit of a feature tells a whole word or a character pair (1) from a trigram (0). */
const addWhole = (hash: number) => {
  features[count++] = mix(hash) | 1
}
const addGram = (hash: number) => {
  features[count++] = mix(hash) & ~1
}

const pointAt = (index: number) => points[index] ?? boundary

/** A word and its trigrams, those over its beginning and its end included: about one feature per character. */
const addWord = (start: number, end: number) => {
  let hash = wordSeed
  let before = boundary
  for (let i = start; i < end; i++) {
    const here = pointAt(i)
    const after = i + 1 < end ? pointAt(i + 1) : boundary
    hash = step(hash, here)
    addGram(step(step(step(gramSeed, before), here), after))
    before = here
  }
  addWhole(hash)
}

/** Every character of the run, and every two neighbours. */
const addPairs = (start: number, end: number) => {
  for (let i = start; i < end; i++) {
    const single = step(pairSeed, pointAt(i))
    addWhole(single)
    if (i + 1 < end) addWhole(step(single, pointAt(i + 1)))
  }
}

const readPoints = (text: string): number => {
  const size = Math.max(text.length, keptLength)
  if (size !== points.length) resizeScratch(size)
  let length = 0
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i) ?? 0
    points[length++] = point
    if (point > 0xffff) i++
  }
  return length
}

const endOfRun = (start: number, length: number): number => {
  const run = characterClass(pointAt(start))
  const isInRun = (kind: number) => kind === run || (kind === mark && run === wordCharacter)
  let end = start + 1
  while (end < length && isInRun(characterClass(pointAt(end)))) end++
  return end
}

/**
 * The features of a text as sorted 32-bit hashes, one for every occurrence: words and their trigrams, and
 * for Chinese, Japanese and Korean characters and their pairs. Lowest bit 1: word, character or pair; 0: trigram.
 * The result is a view that the next call overwrites.
 */
export const textFeatures = (text: string): Uint32Array => {
  const length = readPoints(foldText(text))
  count = 0
  for (let start = 0, end = 0; start < length; start = end) {
    end = endOfRun(start, length)
    const run = characterClass(pointAt(start))
    if (run === pairedCharacter) addPairs(start, end)
    else if (run === wordCharacter) addWord(start, end)
  }
  return features.subarray(0, count).sort()
}
