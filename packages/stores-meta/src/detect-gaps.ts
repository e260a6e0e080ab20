import type { ItemRef } from '@athena-memory/db-core/stores'
import type { DomainKnowledge } from './knowledge.ts'
import type { Contradiction, DomainOutcomes } from './readers.ts'

/** What is missing, or wrong. */
export const GAP_KINDS = [
  'few-memories',
  'low-confidence',
  'no-procedure',
  'failures',
  'contradiction',
] as const
export type GapKind = (typeof GAP_KINDS)[number]

/** From which figures on something is a gap. */
export const GAP_LIMITS = {
  /** Fewer memories than this are few. */
  memories: 5,
  /** A mean confidence below this is low. */
  confidence: 0.5,
  /** After more episodes than this somebody should know how it is done. */
  episodes: 10,
  /** A share of failures above this is high, where at least so many outcomes are known. */
  failureShare: 0.3,
  outcomes: 5,
  /** How far back outcomes count, in hours. */
  outcomeHours: 720,
} as const

/** Overrides of `GAP_LIMITS`. */
export type GapLimits = Readonly<Record<keyof typeof GAP_LIMITS, number>>

/** A gap as it shows now. */
export interface DetectedGap {
  readonly kind: GapKind
  /** The domain, or what is contradicted. With the kind it names the gap. */
  readonly subject: string
  readonly domain?: string | undefined
  readonly description: string
  /** From 0 to 1. */
  readonly severity: number
  /** Rows that speak for it, at most 20. */
  readonly evidence: ItemRef[]
}

/** What is known, and how things turned out. */
export interface Findings {
  readonly domains: readonly DomainKnowledge[]
  readonly outcomes: readonly DomainOutcomes[]
  readonly contradictions: readonly Contradiction[]
}

/**
 * The gaps that figures show: fewer than 5 memories of a domain, a mean confidence below .5, more than
 * 10 episodes and no procedure, more than 30 % failures among at least 5 outcomes, contradictions.
 * Each names its subject once.
 */
export const detectGaps = (
  { domains, outcomes, contradictions }: Findings,
  limits: GapLimits = GAP_LIMITS,
): DetectedGap[] => {
  const gaps = [
    ...domains.flatMap((domain) => gapsOfDomain(domain, limits)),
    ...outcomes.flatMap((outcome) => gapsOfOutcome(outcome, limits)),
    ...contradictions.map(toGap),
  ]
  const firsts = new Map(gaps.toReversed().map((gap) => [nameOf(gap), gap]))
  return gaps.filter((gap) => firsts.get(nameOf(gap)) === gap)
}

/** What makes two gaps of a project the same. */
export const nameOf = ({ kind, subject }: { kind: string; subject: string }): string =>
  `${kind} ${subject}`

const gapsOfDomain = (known: DomainKnowledge, limits: GapLimits): DetectedGap[] => {
  const { domain, memories, meanConfidence, episodes, procedures } = known
  const gap = (kind: GapKind, severity: number, description: string): DetectedGap => ({
    kind,
    subject: domain,
    domain,
    description,
    severity,
    evidence: [],
  })
  const gaps: DetectedGap[] = []
  if (memories < limits.memories) {
    const text = `${memories} memories, fewer than ${limits.memories}`
    gaps.push(gap('few-memories', 1 - memories / limits.memories, text))
  }
  if (meanConfidence !== undefined && meanConfidence < limits.confidence) {
    const text = `a mean confidence of ${meanConfidence.toFixed(2)}, below ${limits.confidence}`
    gaps.push(gap('low-confidence', 1 - meanConfidence / limits.confidence, text))
  }
  if (procedures === 0 && episodes > limits.episodes) {
    const text = `${episodes} episodes and no procedure`
    gaps.push(gap('no-procedure', 1 - limits.episodes / episodes, text))
  }
  return gaps
}

const gapsOfOutcome = (
  { domain, total, failures, evidence }: DomainOutcomes,
  limits: GapLimits,
): DetectedGap[] => {
  const share = total === 0 ? 0 : failures / total
  if (total < limits.outcomes || share <= limits.failureShare) return []
  const description = `${failures} of ${total} outcomes were failures`
  return [
    {
      kind: 'failures',
      subject: domain,
      domain,
      description,
      severity: Math.min(share, 1),
      evidence: evidence.slice(0, MAX_EVIDENCE),
    },
  ]
}

const MAX_EVIDENCE = 20

const toGap = ({ subject, domain, severity, items }: Contradiction): DetectedGap => ({
  kind: 'contradiction',
  subject,
  domain,
  description: `${items.length} rows contradict one another`,
  severity: Math.min(Math.max(severity, 0), 1),
  evidence: items.slice(0, MAX_EVIDENCE),
})
