import { askingFactor } from './asking.ts'
import { bestFirst } from './best-first.ts'
import type { QueryWeights } from './bm25.ts'
import type { Candidate, Group } from './candidate.ts'
import { dateFactor } from './dates.ts'
import { fuse, type SpaceKind, spread } from './fusion.ts'
import { groupFactor } from './group-prior.ts'
import { importanceFactor } from './importance.ts'
import { speakerFactor } from './named-speakers.ts'
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
  /** BM25 in context, in the order of the candidates. */
  readonly textScores: Float64Array
  /** Vector similarity from -1 to 1, by row number, what the space measures, and its share in relevance. */
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

/** A candidate that has something to do with the question. */
interface Scored<One extends Candidate> {
  readonly candidate: One
  readonly textScore: number
  /** Relevance from text and vectors. */
  readonly text: number
  readonly similarity: number
  readonly score: number
}

/** The relevant candidates, best first; equals by time, newest first. Deterministic. */
export const rank = <One extends Candidate>(
  evidence: Evidence<One>,
  { limit, minScore }: Wanted,
): Ranked<One>[] => {
  const factors = createFactors(evidence)
  const scored = scoreRelevant(evidence, factors)
  const groupOf = createGroupFactor(scored)
  const grouped = scored.map((each) => ({ each, score: each.score * groupOf(each) }))
  const best = bestFirst(grouped, {
    count: limit,
    score: ({ score }) => score,
    compare: (a, b) => newestFirst(a.each.candidate, b.each.candidate),
  })
  return best
    .filter(({ score }) => score >= minScore)
    .map(({ each, score }) => {
      const { candidate, textScore, text, similarity } = each
      const multipliers = factors.map(([name, factor]) => [name, factor(candidate)])
      const signals = { text, similarity, ...Object.fromEntries(multipliers), group: groupOf(each) }
      return { candidate, score, textScore, signals }
    })
}

const newestFirst = (a: Candidate, b: Candidate): number =>
  (b.occurredAt ?? 0) - (a.occurredAt ?? 0) || b.rowNumber - a.rowNumber

type Factor = readonly [name: string, factor: (candidate: Candidate) => number]

/** The factor of a signal to which this question gives no occasion. */
const indifferent = () => 1

const scoreRelevant = <One extends Candidate>(
  evidence: Evidence<One>,
  factors: readonly Factor[],
): Scored<One>[] => {
  const { candidates, weights, similarities, kind, textScores, similarityWeight } = evidence
  const possible = bestPossible(weights.stems)
  const best = textScores.reduce((a, b) => Math.max(a, b), 0)
  const nearness = spread(similarities)
  const active = factors.map(([, factor]) => factor).filter((factor) => factor !== indifferent)
  const scored: Scored<One>[] = []
  candidates.forEach((candidate, at) => {
    const textScore = textScores[at] ?? 0
    const share = possible > 0 ? textScore / possible : 0
    if (!isRelevant(share, similarities.get(candidate.rowNumber), kind)) return
    const text = best > 0 ? textScore / best : 0
    const similarity = nearness.get(candidate.rowNumber) ?? 0
    let score = fuse(text, similarity, similarityWeight)
    for (const factor of active) score *= factor(candidate)
    scored.push({ candidate, textScore, text, similarity, score })
  })
  return scored
}

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
  scored: readonly Scored<Candidate>[],
): ((each: Scored<Candidate>) => number) => {
  const bests = new Map<Group, number>()
  let bestOfAll = 0
  for (const { candidate, score } of scored) {
    bestOfAll = Math.max(bestOfAll, score)
    if (candidate.group === undefined) continue
    bests.set(candidate.group, Math.max(bests.get(candidate.group) ?? 0, score))
  }
  return ({ candidate: { group }, score }) =>
    groupFactor(group === undefined ? score : (bests.get(group) ?? 0), bestOfAll)
}
