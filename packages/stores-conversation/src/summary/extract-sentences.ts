import { analyze } from '@athena-memory/search'
import { cutToTokens, estimateTokens } from '../token-count.ts'

/** Something that was said, and by whom, as a summary shows it. */
export interface Utterance {
  readonly label: string
  readonly content: string
}

/** Bounds of what an extract looks at and takes. */
export interface ExtractOptions {
  /** Budget of the whole extract. */
  readonly maxTokens: number
  /** Characters of each text that are looked at; default 10,000. */
  readonly maxCharacters?: number | undefined
  /** Sentences that are looked at, the latest ones; default 2,000. */
  readonly maxSentences?: number | undefined
  /** Distinct stems that a sentence must have, where any sentence has them; default 3. */
  readonly minStems?: number | undefined
}

/** A sentence of an extract, and where it lies in its text, in UTF-16 code units. */
export interface ExtractedSentence {
  /** Which of the texts. */
  readonly source: number
  readonly start: number
  readonly end: number
  /** The sentence after its speaker's label: a line of the extract. */
  readonly line: string
}

interface Sentence extends ExtractedSentence {
  readonly stems: readonly string[]
}

const MAX_CHARACTERS = 10_000
const MAX_SENTENCES = 2000
const MIN_STEMS = 3

/**
 * The sentences that say most of what texts say, in their order, within a budget of tokens. No model:
 * SumBasic (Nenkova and Vanderwende, 2005). The weight of a sentence is the mean probability of its
 * distinct stems, p(stem) = sentences with it / all stems of all sentences; the heaviest is taken, the probabilities of its stems are
 * squared, so that the next one says something else, and so on. Of equal weights the first counts. Code
 * between fences is left out. The same texts give the same sentences.
 */
export const extractSentences = (
  texts: readonly Utterance[],
  options: ExtractOptions,
): ExtractedSentence[] => {
  const { maxCharacters = MAX_CHARACTERS, maxTokens } = options
  const { maxSentences = MAX_SENTENCES, minStems = MIN_STEMS } = options
  const all = texts.flatMap((text, source) => splitSentences(text, { source, maxCharacters }))
  const latest = all.slice(-maxSentences)
  const full = latest.filter(({ stems }) => stems.length >= minStems)
  const candidates = full.length > 0 ? full : latest
  const chosen = chooseSentences(candidates, maxTokens)
  return candidates
    .filter((sentence) => chosen.has(sentence))
    .map(({ source, start, end, line }) => ({
      source,
      start,
      end,
      line: cutToTokens(line, maxTokens),
    }))
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })

const splitSentences = (
  { label, content }: Utterance,
  { source, maxCharacters }: { source: number; maxCharacters: number },
): Sentence[] =>
  Array.from(segmenter.segment(withoutCode(content.slice(0, maxCharacters))), (segment) => {
    const text = segment.segment.trim()
    const start = segment.index + segment.segment.indexOf(text)
    const line = `${label}: ${text.replaceAll(/\s+/g, ' ')}`
    return { source, start, end: start + text.length, line, stems: [...new Set(analyze(text))] }
  }).filter(({ stems }) => stems.length > 0)

/** Spaces in the place of code, so that what stands behind it keeps its place. */
const withoutCode = (text: string): string =>
  text.replaceAll(/```[^]*?(?:```|$)/g, (code) => code.replaceAll(/[^\n]/g, ' '))

const chooseSentences = (sentences: readonly Sentence[], maxTokens: number): Set<Sentence> => {
  const probability = probabilitiesOf(sentences)
  const chosen = new Set<Sentence>()
  let open = [...sentences]
  let left = maxTokens
  while (open.length > 0) {
    const best = heaviest(open, probability)
    const tokens = estimateTokens(`${best.line}\n`)
    // A first sentence that alone is too long is cut; others give way to shorter ones.
    if (tokens <= left || chosen.size === 0) {
      chosen.add(best)
      left -= tokens
      for (const stem of best.stems) probability.set(stem, (probability.get(stem) ?? 0) ** 2)
    }
    open = open.filter((sentence) => sentence !== best && estimateTokens(sentence.line) < left)
  }
  return chosen
}

const probabilitiesOf = (sentences: readonly Sentence[]): Map<string, number> => {
  const counts = new Map<string, number>()
  const stems = sentences.flatMap((sentence) => sentence.stems)
  for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1)
  return new Map(Array.from(counts, ([stem, count]) => [stem, count / stems.length]))
}

const heaviest = (
  sentences: readonly Sentence[],
  probability: ReadonlyMap<string, number>,
): Sentence => {
  const weights = sentences.map(({ stems }) => weightOf(stems, probability))
  const greatest = weights.reduce((max, weight) => Math.max(max, weight), 0)
  const best = sentences[weights.indexOf(greatest)] ?? sentences[0]
  if (best === undefined) throw new Error('There is a sentence.')
  return best
}

const weightOf = (stems: readonly string[], probability: ReadonlyMap<string, number>): number =>
  stems.reduce((sum, stem) => sum + (probability.get(stem) ?? 0), 0) / stems.length
