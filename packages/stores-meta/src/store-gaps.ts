import { chunksOf } from '@athena-memory/db-core/stores'
import { conflictTarget, type Database } from '@athena-memory/db-core'
import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { type DetectedGap, nameOf } from './detect-gaps.ts'
import type { GapRow } from './gap.ts'
import type { StoreContext } from './store-context.ts'

/**
 * Brings the gaps of a project in line with what shows now: new ones open, those that show no more
 * are resolved. What somebody has resolved opens again only when it is worse than it was then.
 *
 * @param isComplete whether `detected` are all gaps there are
 */
export const storeGaps = async (
  store: StoreContext,
  {
    projectId,
    detected,
    isComplete,
  }: {
    projectId: string
    detected: readonly DetectedGap[]
    isComplete: boolean
  },
): Promise<void> => {
  const open = await readOpen(store.db, projectId)
  const settled = await readSettled(store.db, projectId, detected)
  const isSettled = (gap: DetectedGap) => gap.severity <= (settled.get(nameOf(gap)) ?? -1)
  const before = new Map(open.map((row) => [nameOf(row), contentOf(row)]))
  const changed = detected.filter((gap) =>
    before.has(nameOf(gap)) ? before.get(nameOf(gap)) !== contentOf(gap) : !isSettled(gap),
  )
  await upsert(store, projectId, changed)
  const names = new Set(detected.map(nameOf))
  const gone = isComplete ? open.filter((row) => !names.has(nameOf(row))) : []
  await close(
    store,
    gone.map(({ id }) => id),
  )
}

const contentOf = ({ description, severity, evidence }: DetectedGap | GapRow): string =>
  JSON.stringify([description, severity, evidence.map(({ layer, id }) => [layer, id])])

const readOpen = ({ query, tables: { knowledgeGaps: gaps } }: Database, projectId: string) =>
  query
    .select()
    .from(gaps)
    .where(and(eq(gaps.projectId, projectId), isNull(gaps.resolvedAt)))

/** How severe gaps were when somebody last resolved them, by name. */
const readSettled = async (
  { query, tables: { knowledgeGaps: gaps } }: Database,
  projectId: string,
  detected: readonly DetectedGap[],
): Promise<Map<string, number>> => {
  const settled = new Map<string, number>()
  const subjects = [...new Set(detected.map(({ subject }) => subject))]
  for (const chunk of chunksOf(subjects)) {
    const rows = await query
      .select()
      .from(gaps)
      .where(
        and(
          eq(gaps.projectId, projectId),
          inArray(gaps.subject, chunk),
          isNotNull(gaps.resolution),
        ),
      )
      .orderBy(asc(gaps.resolvedAt), asc(gaps.id))
    for (const row of rows) settled.set(nameOf(row), row.severity)
  }
  return settled
}

const upsert = async (
  { db, now, newId }: StoreContext,
  projectId: string,
  detected: readonly DetectedGap[],
): Promise<void> => {
  const { knowledgeGaps: gaps } = db.tables
  const at = now()
  for (const chunk of chunksOf(detected)) {
    await db.query
      .insert(gaps)
      .values(
        chunk.map((gap) => ({
          ...gap,
          id: newId(),
          projectId,
          evidence: gap.evidence.map(({ layer, id }) => ({ layer, id })),
          detectedAt: at,
          createdAt: at,
          updatedAt: at,
        })),
      )
      .onConflictDoUpdate({
        target: conflictTarget(gaps, [gaps.projectId, gaps.kind, gaps.subject]),
        targetWhere: isNull(gaps.resolvedAt),
        set: {
          description: sql`excluded.description`,
          severity: sql`excluded.severity`,
          evidence: sql`excluded.evidence`,
          domain: sql`excluded.domain`,
          updatedAt: sql`excluded.updated_at`,
        },
      })
  }
}

const close = async ({ db, now }: StoreContext, ids: readonly string[]): Promise<void> => {
  const { knowledgeGaps: gaps } = db.tables
  const at = now()
  for (const chunk of chunksOf(ids)) {
    await db.query
      .update(gaps)
      .set({ resolvedAt: at, updatedAt: at })
      .where(inArray(gaps.id, chunk))
  }
}
