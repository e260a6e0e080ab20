import type { QueryWeights } from './bm25.ts'
import { type Candidate, groupKey } from './candidate.ts'
import { dateFactor } from './dates.ts'
import { fuse, shareOfBest, type SpaceKind, spread } from './fusion.ts'
import { groupFactor } from './group-prior.ts'
import { importanceFactor } from './importance.ts'
import type { Question } from './question.ts'
import { recencyFactor, type TimeSpan } from './recency.ts'
import { bestPossible, isRelevant } from './relevance-floor.ts'
import { roleFactor } from './role.ts'
import { speakerFactor } from './named-speakers.ts'
import { whenFactor } from './time-words.ts'

/** What ranking rests on. */
export interface Evidence {
  readonly question: Question
  readonly weights: QueryWeights
  readonly candidates: readonly Candidate[]
  /** BM25 in context, by row number. */
  readonly textScores: ReadonlyMap<number, number>
  /** Vector similarity from -1 to 1, by row number, what the space measures, and its share in relevance. */
  readonly similarities: ReadonlyMap<number, number>
  readonly kind: SpaceKind | undefined
  readonly similarityWeight: number
  /** Texts by row number, as far as dates are sought in them. */
  readonly contents: ReadonlyMap<number, string>
}

/** A document's rank, and why. */
export interface Ranked {
  readonly candidate: Candidate
  readonly score: number
  /** Relevance from text and vectors, each 0 to 1, and the factors that it was multiplied by. */
  readonly signals: Readonly<Record<string, number>>
}

/** The relevant candidates, best first; equals by time, newest first. Deterministic. */
export const rank = (evidence: Evidence): Ranked[] => {
  const scored = scoreCandidates(evidence)
  return withGroups(scored).toSorted(
    (a, b) =>
      b.score - a.score || newness(b) - newness(a) || b.candidate.rowNumber - a.candidate.rowNumber,
  )
}

const newness = ({ candidate }: Ranked): number => candidate.occurredAt?.getTime() ?? 0

const scoreCandidates = (evidence: Evidence): Ranked[] => {
  const { candidates, weights, similarities, kind, textScores } = evidence
  const best = bestPossible(weights.stems)
  const texts = shareOfBest(textScores)
  const nearness = spread(similarities)
  const factors = createFactors(evidence)
  return candidates.flatMap((candidate): Ranked[] => {
    const { rowNumber } = candidate
    const share = best > 0 ? (textScores.get(rowNumber) ?? 0) / best : 0
    if (!isRelevant(share, similarities.get(rowNumber), kind)) return []
    const text = texts.get(rowNumber) ?? 0
    const similarity = nearness.get(rowNumber) ?? 0
    const multipliers = factors(candidate)
    const score = Object.values(multipliers).reduce(
      (a, b) => a * b,
      fuse(text, similarity, evidence.similarityWeight),
    )
    return [{ candidate, score, signals: { text, similarity, ...multipliers } }]
  })
}

const createFactors = (evidence: Evidence) => {
  const { question, contents, candidates } = evidence
  const span = timeSpan(candidates)
  return (candidate: Candidate): Record<string, number> => {
    const content = contents.get(candidate.rowNumber) ?? ''
    const { occurredAt } = candidate
    return {
      speaker: speakerFactor(candidate.speaker, question.namedSpeakers),
      role: roleFactor(candidate.role),
      importance: importanceFactor(candidate.importance),
      date: dateFactor({ content, occurredAt }, question.askedSpans),
      ...(question.asksWhen && { when: whenFactor(candidate.stems) }),
      ...(question.asksForLatest && { latest: recencyFactor(occurredAt, span) }),
    }
  }
}

const timeSpan = (candidates: readonly Candidate[]): TimeSpan => {
  const times = candidates.flatMap(({ occurredAt }) => occurredAt?.getTime() ?? [])
  return {
    from: times.reduce((a, b) => Math.min(a, b), Infinity),
    until: times.reduce((a, b) => Math.max(a, b), -Infinity),
  }
}

const withGroups = (scored: readonly Ranked[]): Ranked[] => {
  const bests = new Map<string, number>()
  for (const { candidate, score } of scored) {
    const key = groupKey(candidate)
    bests.set(key, Math.max(bests.get(key) ?? 0, score))
  }
  const bestOfAll = Math.max(0, ...bests.values())
  return scored.map((ranked) => {
    const group = groupFactor(bests.get(groupKey(ranked.candidate)) ?? 0, bestOfAll)
    return { ...ranked, score: ranked.score * group, signals: { ...ranked.signals, group } }
  })
}
