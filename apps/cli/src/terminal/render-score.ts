import { printableLine } from './printable.ts'
import type { Recollection } from './recollection.ts'
import { findSimilarityWeight, type ScoreParts, splitScore } from './split-score.ts'
import { renderTable } from './table.ts'
import type { Terminal } from './terminal.ts'
import { wrapText } from './wrap-text.ts'

/** What the scores of one search have in common. */
export interface ScoreExplanation {
  /** How the score of one of the results is made, a line for each part. */
  readonly explain: (terminal: Terminal, result: Recollection) => string[]
  /** How all are made, and what the words mean. */
  readonly legend: (terminal: Terminal) => string
}

/** Explains the scores of one search, whose results are given best first. */
export const explainScores = (results: readonly Recollection[]): ScoreExplanation => {
  const weight = findSimilarityWeight(results.map(splitScore))
  return {
    explain: (terminal, result) => {
      const parts = splitScore(result)
      const rows = [
        ['text', toNumber(parts.text), explainText(result)],
        ['similarity', toNumber(parts.similarity), explainSimilarity(result)],
        ...explainRelevance(parts, weight),
        ...parts.factors.map(([name, factor]) => [
          printableLine(name),
          `×${toNumber(factor)}`,
          explainFactor(name, { factor, result, best: results[0] }),
        ]),
        ['score', toNumber(result.hybridScore), toProduct(parts)],
      ]
      return renderTable(terminal, { head: [], rows, wrap: true }).split('\n')
    },
    legend: ({ width, style }) =>
      wrapText(toLegend(weight), width)
        .map((line) => style('dim', line))
        .join('\n'),
  }
}

const toNumber = (value: number): string => String(Number(value.toFixed(3)))

const explainText = ({ keywordRank }: Recollection): string =>
  keywordRank === undefined ? 'no word of the question' : `place ${keywordRank} by words`

const explainSimilarity = ({ semanticSimilarity }: Recollection): string =>
  semanticSimilarity === undefined ? 'not compared' : `cosine ${toNumber(semanticSimilarity)}`

const explainRelevance = (
  { text, similarity, relevance }: ScoreParts,
  weight: number | undefined,
): string[][] => {
  if (relevance === undefined) return []
  const sum =
    weight === undefined
      ? 'score / factors'
      : `${toNumber(1 - weight)} × ${toNumber(text)} + ${toNumber(weight)} × ${toNumber(similarity)}`
  return [['relevance', toNumber(relevance), sum]]
}

const toProduct = ({ relevance, factors }: ScoreParts): string => {
  if (relevance === undefined || factors.length === 0) return ''
  return [relevance, ...factors.map(([, factor]) => factor)].map(toNumber).join(' × ')
}

interface Occasion {
  readonly factor: number
  readonly result: Recollection
  /** The first of the results. */
  readonly best: Recollection | undefined
}

const meanings: Readonly<Record<string, (occasion: Occasion) => string>> = {
  speaker: () => 'speaker named in the question',
  role: () => 'said by the user',
  asking: () => 'only asks',
  importance: ({ factor }) => (factor > 1 ? 'important' : 'of little importance'),
  date: () => 'of the date asked for',
  when: () => 'speaks of time',
  latest: () => 'newer: the latest is asked for',
  group: ({ result, best }) => explainGroup(result, best),
}

const explainFactor = (name: string, occasion: Occasion): string => meanings[name]?.(occasion) ?? ''

const explainGroup = (result: Recollection, best: Recollection | undefined): string => {
  if (result.groupId === undefined) return 'stands alone, in no session'
  if (result === best) return 'its session has the best'
  const isSame =
    result.groupId === best?.groupId && result.signals['group'] === best.signals['group']
  return isSame ? 'same session as the best' : 'good results in its session'
}

const FORMULA =
  'relevance = (1 - w) × text + w × similarity. score = relevance × each factor; those of 1 are left out.'
const TEXT = 'text is 1 for the best by words of this search.'
const SIMILARITY =
  'similarity goes from 0 for the least similar that was compared to 1 for the most.'

const toLegend = (weight: number | undefined): string => {
  const known = [FORMULA, TEXT]
  if (weight === undefined) {
    known.push(SIMILARITY, 'w, the weight of similarity, cannot be told from these scores.')
  } else if (weight === 0) {
    known.push('similarity has no part in these scores: w, its weight, is 0.')
  } else {
    known.push(
      SIMILARITY,
      `w, the weight of similarity, follows from these scores: ${toNumber(weight)}.`,
    )
  }
  return known.join('\n')
}
