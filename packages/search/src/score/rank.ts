import { askingFactor } from './asking.ts'
import { bestFirst } from './best-first.ts'
import type { QueryWeights } from './bm25.ts'
import type { Candidate, Group } from './candidate.ts'
import { dateFactor } from './dates.ts'
import { fuse, type SpaceKind } from './fusion.ts'
import { groupFactor } from './group-prior.ts'
import { importanceFactor } from './importance.ts'
import { speakerFactor } from './named-speakers.ts'
import { measureNearness } from './nearness.ts'
import type { Question } from './question.ts'
import { recencyFactor, type TimeSpan } from './recency.ts'
import { bestPossible, isRelevant } from './relevance-floor.ts'
import { roleFactor } from './role.ts'
import { whenFactor } from './time-words.ts'

/** What ranking rests on. */
export interface Evidence<One extends Candidate> {
  readonly question: Question
  readonly weights: QueryWeights
  readonly candidates: readonly One[]
  /** As `findNeighbours` found them. */
  readonly neighbours: Int32Array
  /** BM25 in context, in the order of the candidates. */
  readonly textScores: Float64Array
  /** Vector similarity from -1 to 1, by row number, what the space measures, and its `similarityWeight`. */
  readonly similarities: ReadonlyMap<number, number>
  readonly kind: SpaceKind | undefined
  readonly similarityWeight: number
  /** Texts by row number, as far as dates are sought in them. */
  readonly contents: ReadonlyMap<number, string>
}

/** How many to return, and how good they must be. */
export interface Wanted {
  readonly limit: number
  readonly minScore: number
}

/** A document's rank, and why. */
export interface Ranked<One extends Candidate> {
  readonly candidate: One
  readonly score: number
  /** BM25 in context. */
  readonly textScore: number
  /** Relevance from text and vectors, each 0 to 1, and the factors that it was multiplied by. */
  readonly signals: Readonly<Record<string, number>>
}

/** The relevant candidates, best first; equals by time, newest first. Deterministic. */
export const rank = <One extends Candidate>(
  evidence: Evidence<One>,
  { limit, minScore }: Wanted,
): Ranked<One>[] => {
  const { candidates, textScores } = evidence
  const factors = createFactors(evidence)
  const relevanceOf = createRelevance(evidence)
  const scores = scoreAll(evidence, relevanceOf, factors)
  const groupOf = createGroupFactor(candidates, scores)
  const grouped = scores.map((score, at) => score * groupOf(at))
  const best = bestFirst(grouped, {
    count: limit,
    compare: (a, b) => newestFirst(candidates[a], candidates[b]),
  })
  return best.flatMap((at) => {
    const [candidate, score = IRRELEVANT, textScore = 0] = [
      candidates[at],
      grouped[at],
      textScores[at],
    ]
    if (candidate === undefined || score === IRRELEVANT || score < minScore) return []
    const { text, similarity } = relevanceOf(at)
    const multipliers = factors.map(([name, factor]) => [name, factor(candidate)])
    const signals = { text, similarity, ...Object.fromEntries(multipliers), group: groupOf(at) }
    return [{ candidate, score, textScore, signals }]
  })
}

const newestFirst = (a: Candidate | undefined, b: Candidate | undefined): number =>
  (b?.occurredAt ?? 0) - (a?.occurredAt ?? 0) || (b?.rowNumber ?? 0) - (a?.rowNumber ?? 0)

/** The score of what has nothing to do with the question. */
const IRRELEVANT = -Infinity

/** How relevant a text is by its words, by its vector, and by both, each 0 to 1, and whether at all. */
interface Relevance {
  readonly text: number
  readonly similarity: number
  readonly fused: number
  readonly isRelevant: boolean
}

/** By where a candidate stands among them. */
type RelevanceOf = (at: number) => Relevance

const createRelevance = (evidence: Evidence<Candidate>): RelevanceOf => {
  const { candidates, weights, kind, textScores } = evidence
  const possible = bestPossible(weights.stems)
  const best = textScores.reduce((a, b) => Math.max(a, b), 0)
  const similarities = new Float64Array(candidates.length).fill(NaN)
  if (evidence.similarities.size > 0) {
    for (const [at, { rowNumber }] of candidates.entries())
      similarities[at] = evidence.similarities.get(rowNumber) ?? NaN
  }
  const nearness = measureNearness({ ...evidence, similarities })
  return (at) => {
    const textScore = textScores[at] ?? 0
    const share = possible > 0 ? textScore / possible : 0
    const text = best > 0 ? textScore / best : 0
    const similarity = nearness.values[at] ?? 0
    return {
      text,
      similarity,
      fused: fuse(text, similarity, nearness.weight),
      isRelevant: isRelevant(share, similarities[at] ?? NaN, kind),
    }
  }
}

/** The scores of all candidates, in their order, apart from their groups. */
const scoreAll = (
  { candidates }: Evidence<Candidate>,
  relevanceOf: RelevanceOf,
  factors: readonly Factor[],
): Float64Array => {
  const active = factors.map(([, factor]) => factor).filter((factor) => factor !== indifferent)
  const scores = new Float64Array(candidates.length)
  candidates.forEach((candidate, at) => {
    const relevance = relevanceOf(at)
    let score = relevance.fused
    for (const factor of active) score *= factor(candidate)
    scores[at] = relevance.isRelevant ? score : IRRELEVANT
  })
  return scores
}

type Factor = readonly [name: string, factor: (candidate: Candidate) => number]

/** The factor of a signal to which this question gives no occasion. */
const indifferent = () => 1

const createFactors = ({ question, contents, candidates }: Evidence<Candidate>): Factor[] => {
  const { namedSpeakers, askedSpans } = question
  const span = question.asksForLatest ? timeSpan(candidates) : undefined
  const factors: (Factor | undefined)[] = [
    [
      'speaker',
      namedSpeakers.size > 0 ? ({ speaker }) => speakerFactor(speaker, namedSpeakers) : indifferent,
    ],
    ['role', ({ role }) => roleFactor(role)],
    ['asking', askingFactor],
    ['importance', ({ importance }) => importanceFactor(importance)],
    [
      'date',
      askedSpans.length > 0
        ? ({ rowNumber, occurredAt }) =>
            dateFactor({ content: contents.get(rowNumber) ?? '', occurredAt }, askedSpans)
        : indifferent,
    ],
    question.asksWhen ? ['when', ({ speaksOfTime }) => whenFactor(speaksOfTime)] : undefined,
    span && ['latest', ({ occurredAt }) => recencyFactor(occurredAt, span)],
  ]
  return factors.filter((factor) => factor !== undefined)
}

const timeSpan = (candidates: readonly Candidate[]): TimeSpan => {
  let [from, until] = [Infinity, -Infinity]
  for (const { occurredAt } of candidates) {
    if (occurredAt === undefined) continue
    from = Math.min(from, occurredAt)
    until = Math.max(until, occurredAt)
  }
  return { from, until }
}

const createGroupFactor = (
  candidates: readonly Candidate[],
  scores: Float64Array,
): ((at: number) => number) => {
  const bests = new Map<Group, number>()
  let bestOfAll = 0
  candidates.forEach(({ group }, at) => {
    const score = Math.max(scores[at] ?? 0, 0)
    bestOfAll = Math.max(bestOfAll, score)
    if (group !== undefined && score > (bests.get(group) ?? 0)) bests.set(group, score)
  })
  return (at) => {
    const group = candidates[at]?.group
    const best = group === undefined ? scores[at] : bests.get(group)
    return groupFactor(Math.max(best ?? 0, 0), bestOfAll)
  }
}
