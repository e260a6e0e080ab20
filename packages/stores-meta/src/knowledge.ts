import { type Expertise, scoreExpertise } from './expertise.ts'
import type { CountsAs, DomainFigures } from './readers.ts'

/** What all layers know of one domain, as of now. */
export interface DomainKnowledge extends Readonly<Record<CountsAs, number>> {
  readonly domain: string
  /** Means over all rows whose layer knows the figure, from 0 to 1; absent where none does. */
  readonly meanConfidence?: number | undefined
  readonly meanUsefulness?: number | undefined
  readonly firstSeenAt?: Date | undefined
  /** Absent where no confidence is known. */
  readonly expertise?: Expertise | undefined
  /** What stands out: `confidence` from .8, `usefulness` from .6, `procedures` from 5 on. */
  readonly strengths: string[]
}

/** From which figure on something stands out. */
const STRENGTHS = { confidence: 0.8, usefulness: 0.6, procedures: 5 } as const

/** What one layer says of one domain. */
export interface LayerFigures extends DomainFigures {
  readonly layer: string
  readonly countsAs: CountsAs
}

/** The domains that these figures are of, by name. */
export const toKnowledge = (figures: readonly LayerFigures[]): DomainKnowledge[] =>
  [...new Set(figures.map(({ domain }) => domain))].toSorted().map((domain) =>
    combine(
      domain,
      figures.filter((each) => each.domain === domain),
    ),
  )

const combine = (domain: string, figures: readonly LayerFigures[]): DomainKnowledge => {
  const counts = {
    memories: countOf(figures, 'memories'),
    episodes: countOf(figures, 'episodes'),
    procedures: countOf(figures, 'procedures'),
    entities: countOf(figures, 'entities'),
  }
  const meanConfidence = meanOf(figures, ({ meanConfidence: mean }) => mean)
  const meanUsefulness = meanOf(figures, ({ meanUsefulness: mean }) => mean)
  return {
    domain,
    ...counts,
    meanConfidence,
    meanUsefulness,
    firstSeenAt: figures.flatMap(({ firstSeenAt }) => firstSeenAt ?? []).toSorted(byTime)[0],
    expertise: scoreExpertise({ ...counts, meanConfidence }),
    strengths: strengthsOf({ ...counts, meanConfidence, meanUsefulness }),
  }
}

const byTime = (a: Date, b: Date): number => a.getTime() - b.getTime()

const countOf = (figures: readonly LayerFigures[], sort: CountsAs): number =>
  figures.filter(({ countsAs }) => countsAs === sort).reduce((sum, { count }) => sum + count, 0)

/** The mean over all rows that a mean is known of; absent where there are none. */
export const meanOf = <Figures extends { readonly count: number }>(
  figures: readonly Figures[],
  meanIn: (figures: Figures) => number | undefined,
): number | undefined => {
  const known = figures.flatMap((each) => {
    const mean = meanIn(each)
    return mean === undefined ? [] : [{ mean, count: each.count }]
  })
  const rows = known.reduce((sum, { count }) => sum + count, 0)
  return rows === 0
    ? undefined
    : known.reduce((sum, { mean, count }) => sum + mean * count, 0) / rows
}

const strengthsOf = (
  known: Pick<DomainKnowledge, 'procedures' | 'meanConfidence' | 'meanUsefulness'>,
): string[] => {
  const figures = {
    confidence: known.meanConfidence,
    usefulness: known.meanUsefulness,
    procedures: known.procedures,
  }
  return (['confidence', 'usefulness', 'procedures'] as const).filter(
    (name) => (figures[name] ?? -1) >= STRENGTHS[name],
  )
}
