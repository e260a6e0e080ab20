import type { Database } from '@athena-memory/db-core'
import { storeCoverage } from './coverage.ts'
import { detectGaps } from './detect-gaps.ts'
import { toKnowledge } from './knowledge.ts'
import { type Reading, readLayers } from './read-layers.ts'
import type { StoreContext } from './store-context.ts'
import { storeGaps } from './store-gaps.ts'

/**
 * Brings domains and gaps of a project in line with the rows of all layers, and answers what `read`
 * reads of them in the same transaction.
 */
export const refreshed = <Result>(
  store: StoreContext,
  projectId: string,
  read: (tx: Database, reading: Reading) => Promise<Result>,
): Promise<Result> =>
  store.db.transaction(async (tx) => {
    const inside = { ...store, db: tx }
    const reading = await readLayers(inside, { projectId })
    const { figures, outcomes, contradictions, isComplete } = reading
    const known = toKnowledge(figures)
    await storeCoverage(inside, { projectId, known, isComplete })
    const detected = detectGaps({ domains: known, outcomes, contradictions })
    await storeGaps(inside, { projectId, detected, isComplete })
    return read(tx, reading)
  })
