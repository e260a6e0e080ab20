import type { Database } from '@athena-memory/db-core'
import { analyze } from '@athena-memory/search'
import { and, desc, eq, lte, sql } from 'drizzle-orm'
import type { EpisodeDraft } from './episode-draft.ts'
import { measureSurprise } from './surprise/surprise.ts'

/** Episodes before a batch that it is measured against. */
const CONTEXT_EPISODES = 50

/** Characters of a content that count, from its beginning. */
export const MEASURED_CHARACTERS = 2000

/** Fills in how surprising drafts are that do not say so, each after the ones before it. */
export const measureDrafts = async (
  db: Database,
  drafts: readonly EpisodeDraft[],
): Promise<EpisodeDraft[]> => {
  const measured: EpisodeDraft[] = []
  for (const projectId of new Set(drafts.map(({ row }) => row.projectId))) {
    const own = drafts.filter(({ row }) => row.projectId === projectId)
    const before = await wordsBefore(db, own)
    const texts = [...before, ...own.map(({ row }) => wordsOf(row.content))]
    const surprises = measureSurprise(texts).slice(before.length)
    measured.push(...own.map((draft, at) => withSurprise(draft, surprises[at])))
  }
  return measured
}

/** The words of a content that surprise is measured by. */
export const wordsOf = (content: string): string[] => analyze(content.slice(0, MEASURED_CHARACTERS))

const wordsBefore = async (
  { query, tables: { episodes } }: Database,
  drafts: readonly EpisodeDraft[],
): Promise<string[][]> => {
  const [first] = drafts
  if (!first) return []
  const earliest = drafts.reduce(
    (time, { row }) => (row.occurredAt < time ? row.occurredAt : time),
    first.row.occurredAt,
  )
  const rows = await query
    .select({ content: sql<string>`substr(${episodes.content}, 1, ${MEASURED_CHARACTERS})` })
    .from(episodes)
    .where(and(eq(episodes.projectId, first.row.projectId), lte(episodes.occurredAt, earliest)))
    .orderBy(desc(episodes.occurredAt), desc(episodes.id))
    .limit(CONTEXT_EPISODES)
  return rows.toReversed().map(({ content }) => wordsOf(content))
}

const withSurprise = (draft: EpisodeDraft, surprise: number | undefined): EpisodeDraft => ({
  ...draft,
  row: { ...draft.row, surprise: draft.row.surprise ?? surprise ?? null },
})
