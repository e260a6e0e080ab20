import type { Database } from '@athena-memory/db-core'
import { and, asc, eq, gt, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { type Memory, toMemory } from './memory.ts'
import { scoreUsefulness } from './usefulness.ts'

/** How many memories were scored, and how many of them have another score now. */
export interface RescoreReport {
  readonly scored: number
  readonly changed: number
}

/** Rows of one step: small enough that other writers need not wait. */
const STEP_ROWS = 500

/** Scores all current memories of a project; see `SemanticStore.rescore`. */
export const rescoreMemories = async (
  db: Database,
  projectId: string,
  now: Date,
): Promise<RescoreReport> => {
  const report = { scored: 0, changed: 0 }
  let last: string | undefined = ''
  while (last !== undefined) {
    const after: string = last
    const step = await db.transaction((tx) => rescoreStep(tx, { projectId, after, now }))
    report.scored += step.scored
    report.changed += step.changed
    last = step.last
  }
  return report
}

const rescoreStep = async (
  tx: Database,
  { projectId, after, now }: { projectId: string; after: string; now: Date },
): Promise<RescoreReport & { last: string | undefined }> => {
  const { memories } = tx.tables
  const isNext = and(
    eq(memories.projectId, projectId),
    isNull(memories.supersededAt),
    gt(memories.id, after),
  )
  const rows = await tx.query
    .select()
    .from(memories)
    .where(isNext)
    .orderBy(asc(memories.id))
    .limit(STEP_ROWS)
  const changed = rows.map(toMemory).flatMap((memory) => {
    const usefulness = scoreUsefulness(memory, now)
    return usefulness === memory.usefulness ? [] : [{ id: memory.id, usefulness }]
  })
  if (changed.length > 0) await writeScores(tx, changed)
  const last = rows.length === STEP_ROWS ? rows.at(-1)?.id : undefined
  return { scored: rows.length, changed: changed.length, last }
}

const writeScores = async (
  { query, tables: { memories } }: Database,
  scores: readonly Pick<Memory, 'id' | 'usefulness'>[],
): Promise<void> => {
  const cases = scores.map(
    ({ id, usefulness }): SQL => sql`when ${id} then cast(${usefulness} as double precision)`,
  )
  await query
    .update(memories)
    .set({ usefulness: sql`case ${memories.id} ${sql.join(cases, sql` `)} end` })
    .where(
      inArray(
        memories.id,
        scores.map(({ id }) => id),
      ),
    )
}
