import type { Database } from '@athena-memory/db-core'
import { GAP_LIMITS } from './detect-gaps.ts'
import type { LayerFigures } from './knowledge.ts'
import type { Contradiction, DomainOutcomes, LayerReader, ReaderScope } from './readers.ts'
import type { StoreContext } from './store-context.ts'

/** What all layers say of a project. */
export interface Reading {
  readonly figures: LayerFigures[]
  /** One for each domain. */
  readonly outcomes: DomainOutcomes[]
  readonly contradictions: Contradiction[]
  /** False where some list was cut off, which then says nothing about what is not in it. */
  readonly isComplete: boolean
}

/** The most domains, outcomes and contradictions that are read of one layer. */
const MAX_READ = 1000

/** Asks all readers what they know of a project, or of one domain of it. */
export const readLayers = async (
  { db, readers, now }: StoreContext,
  scope: Omit<ReaderScope, 'limit'>,
): Promise<Reading> => {
  const since = new Date(now().getTime() - GAP_LIMITS.outcomeHours * 3_600_000)
  const answers: Answer[] = []
  for (const reader of readers.layers) {
    answers.push(await readLayer(db, reader, { ...scope, since, limit: MAX_READ }))
  }
  return {
    figures: answers.flatMap(({ figures }) => figures),
    outcomes: sumByDomain(answers.flatMap(({ outcomes }) => outcomes)),
    contradictions: answers.flatMap(({ contradictions }) => contradictions),
    isComplete: answers
      .flatMap((answer) => [answer.figures, answer.outcomes, answer.contradictions])
      .every((list) => list.length < MAX_READ),
  }
}

type Answer = Omit<Reading, 'isComplete'>

const readLayer = async (
  db: Database,
  reader: LayerReader,
  scope: ReaderScope & { since: Date },
): Promise<Answer> => {
  const { layer, countsAs } = reader
  const figures = await reader.domains(db, scope)
  return {
    figures: figures.map((each) => ({ ...each, layer, countsAs })),
    outcomes: [...((await reader.outcomes?.(db, scope)) ?? [])],
    contradictions: [...((await reader.contradictions?.(db, scope)) ?? [])],
  }
}

const sumByDomain = (outcomes: readonly DomainOutcomes[]): DomainOutcomes[] => {
  const sums = new Map<string, DomainOutcomes>()
  for (const each of outcomes) {
    const before = sums.get(each.domain) ?? { total: 0, failures: 0, evidence: [] }
    sums.set(each.domain, {
      domain: each.domain,
      total: before.total + each.total,
      failures: before.failures + each.failures,
      evidence: [...before.evidence, ...each.evidence],
    })
  }
  return [...sums.values()]
}
