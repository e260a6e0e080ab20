import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assessCalibration } from '../src/assess-calibration.ts'
import { assessLoad } from '../src/cognitive-load.ts'
import { detectGaps, GAP_LIMITS, nameOf } from '../src/detect-gaps.ts'
import { scoreExpertise } from '../src/expertise.ts'
import { relevanceAfter } from '../src/item-quality.ts'
import { type DomainKnowledge, toKnowledge } from '../src/knowledge.ts'
import { DAY_MS, item } from './open-meta.ts'

const share = fc.double({ min: 0, max: 1, noNaN: true })
const rows = fc.nat(1000)
const nothing = { memories: 0, episodes: 0, procedures: 0, entities: 0 }

describe('scoreExpertise', () => {
  it('is (2 · memories + episodes + 5 · procedures) · mean confidence', () => {
    const known = { memories: 10, episodes: 20, procedures: 4, entities: 99 }
    expect(scoreExpertise({ ...known, meanConfidence: 0.5 })).toEqual({
      score: 30,
      level: 'intermediate',
    })
  })

  it('is absent where no confidence is known', () => {
    expect(scoreExpertise({ ...nothing, memories: 10 })).toBeUndefined()
  })

  it.each([
    [100, 'expert'],
    [99, 'advanced'],
    [50, 'advanced'],
    [49, 'intermediate'],
    [20, 'intermediate'],
    [19, 'beginner'],
    [0, 'beginner'],
  ])('calls a score of %i that of: %s', (episodes, level) => {
    expect(scoreExpertise({ ...nothing, episodes, meanConfidence: 1 })?.level).toBe(level)
  })

  it('rises with every row and with confidence', () => {
    const counts = fc.record({ memories: rows, episodes: rows, procedures: rows, entities: rows })
    fc.assert(
      fc.property(counts, share, share, (known, a, b) => {
        const score = scoreExpertise({ ...known, meanConfidence: a })?.score ?? -1
        const more = { ...known, procedures: known.procedures + 1 }
        expect(scoreExpertise({ ...more, meanConfidence: a })?.score).toBeGreaterThanOrEqual(score)
        const surer = scoreExpertise({ ...known, meanConfidence: Math.max(a, b) })
        expect(surer?.score).toBeGreaterThanOrEqual(score)
      }),
    )
  })
})

describe('toKnowledge', () => {
  it('weighs means by the rows they are of, and only where a layer knows them', () => {
    const [known] = toKnowledge([
      {
        layer: 'semantic',
        countsAs: 'memories',
        domain: 'code',
        count: 3,
        meanConfidence: 0.9,
        firstSeenAt: new Date(5),
      },
      {
        layer: 'procedural',
        countsAs: 'procedures',
        domain: 'code',
        count: 1,
        meanConfidence: 0.3,
        meanUsefulness: 0.7,
        firstSeenAt: new Date(3),
      },
      { layer: 'episodic', countsAs: 'episodes', domain: 'code', count: 96 },
    ])
    expect(known).toMatchObject({
      domain: 'code',
      memories: 3,
      episodes: 96,
      procedures: 1,
      entities: 0,
      meanConfidence: expect.closeTo(0.75, 12),
      meanUsefulness: 0.7,
      firstSeenAt: new Date(3),
      strengths: ['usefulness'],
    })
  })
})

describe('detectGaps', () => {
  const domain = (fields: Partial<DomainKnowledge>): DomainKnowledge => ({
    ...nothing,
    memories: 10,
    domain: 'code',
    strengths: [],
    ...fields,
  })
  const kinds = (fields: Partial<DomainKnowledge>) =>
    detectGaps({ domains: [domain(fields)], outcomes: [], contradictions: [] }).map((gap) => [
      gap.kind,
      Number(gap.severity.toFixed(6)),
    ])
  const outcome = (failures: number, total: number) =>
    detectGaps({
      domains: [],
      outcomes: [{ domain: 'code', failures, total, evidence: [item('e1', 'episodic')] }],
      contradictions: [],
    })

  it('finds what is few, doubtful, or done without anybody knowing how', () => {
    expect(kinds({ meanConfidence: 0.5 })).toEqual([])
    expect(kinds({ memories: 5 })).toEqual([])
    expect(kinds({ memories: 4 })).toEqual([['few-memories', 0.2]])
    expect(kinds({ memories: 0 })).toEqual([['few-memories', 1]])
    expect(kinds({ meanConfidence: 0.4 })).toEqual([['low-confidence', 0.2]])
    expect(kinds({ episodes: 10 })).toEqual([])
    expect(kinds({ episodes: 20 })).toEqual([['no-procedure', 0.5]])
    expect(kinds({ episodes: 20, procedures: 1 })).toEqual([])
  })

  it('finds failures where enough outcomes are known', () => {
    expect(outcome(3, 10)).toEqual([])
    expect(outcome(4, 4)).toEqual([])
    expect(outcome(0, 0)).toEqual([])
    expect(outcome(4, 10)).toMatchObject([
      { kind: 'failures', subject: 'code', severity: 0.4, evidence: [item('e1', 'episodic')] },
    ])
  })

  it('finds every gap once, with a severity from 0 to 1', () => {
    const domains = fc.array(
      fc.record({
        domain: fc.constantFrom('a', 'b'),
        memories: rows,
        episodes: rows,
        procedures: rows,
        entities: rows,
        meanConfidence: share,
        strengths: fc.constant<string[]>([]),
      }),
    )
    const contradictions = fc.array(
      fc.record({
        subject: fc.constantFrom('a', 'b'),
        severity: fc.double({ min: -1, max: 2, noNaN: true }),
        items: fc.constant([item('m1'), item('m2')]),
      }),
    )
    fc.assert(
      fc.property(domains, contradictions, (known, contradicted) => {
        const gaps = detectGaps({ domains: known, outcomes: [], contradictions: contradicted })
        expect(new Set(gaps.map(nameOf)).size).toBe(gaps.length)
        for (const { severity } of gaps) {
          expect(severity).toBeGreaterThanOrEqual(0)
          expect(severity).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('takes other limits', () => {
    const domains = [domain({ memories: 7 })]
    const limits = { ...GAP_LIMITS, memories: 8 }
    const found = detectGaps({ domains, outcomes: [], contradictions: [] }, limits)
    expect(found).toMatchObject([{ kind: 'few-memories', severity: 0.125 }])
  })
})

describe('assessCalibration', () => {
  const means = (meanReported: number, meanActual: number) =>
    assessCalibration({ samples: 4, meanReported, meanActual, meanAbsoluteError: 0.1 })

  it('compares means, and says by what to adjust', () => {
    expect(means(0.8, 0.6)).toMatchObject({
      isWellCalibrated: false,
      tendency: 'over-confident',
      adjustment: expect.closeTo(0.75, 12),
    })
    expect(means(0.5, 0.75)).toMatchObject({ tendency: 'under-confident', adjustment: 1.5 })
    expect(means(0.62, 0.6)).toMatchObject({ isWellCalibrated: true, tendency: 'calibrated' })
    expect(means(0, 0.5)?.adjustment).toBeUndefined()
  })

  it('says nothing without samples', () => {
    const none = { samples: 0, meanReported: 0, meanActual: 0, meanAbsoluteError: 0 }
    expect(assessCalibration(none)).toBeUndefined()
  })

  it('brings reports to what came true', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1, noNaN: true }), share, (reported, actual) => {
        const assessed = means(reported, actual)
        expect(reported * (assessed?.adjustment ?? Number.NaN)).toBeCloseTo(actual, 9)
        expect(assessed?.isWellCalibrated).toBe(Math.abs(reported - actual) < 0.05)
      }),
    )
  })
})

describe('assessLoad', () => {
  it.each([
    [3, undefined, 'low'],
    [4, undefined, 'medium'],
    [6, undefined, 'high'],
    [7, undefined, 'critical'],
    [0, 100, 'low'],
    [0, 101, 'medium'],
    [0, 301, 'high'],
    [0, 501, 'critical'],
  ])('of %i items of 7, %s ms, is %s', (active, latencyMs, level) => {
    const load = assessLoad({ active, capacity: 7 }, latencyMs)
    expect(load).toEqual({ active, capacity: 7, utilisation: active / 7, latencyMs, level })
  })
})

describe('relevanceAfter', () => {
  const now = new Date('2026-01-01T00:00:00Z')
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MS)

  it('halves in thirty days, from 1 down to 0', () => {
    expect(relevanceAfter(now, now)).toBe(1)
    expect(relevanceAfter(now, ago(30))).toBeCloseTo(0.5, 12)
    expect(relevanceAfter(now, ago(-5))).toBe(1)
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), (days, more) => {
        const relevance = relevanceAfter(now, ago(days))
        expect(relevance).toBeGreaterThanOrEqual(0)
        expect(relevanceAfter(now, ago(days + more))).toBeLessThanOrEqual(relevance)
      }),
    )
  })
})
