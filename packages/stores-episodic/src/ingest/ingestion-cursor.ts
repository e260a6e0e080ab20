import { conflictTarget, type Database } from '@athena-memory/db-core'
import { and, eq, sql } from 'drizzle-orm'
import { prepareUnknown, type WrittenEpisodes, writeUnknown } from '../record-episodes.ts'
import type { EpisodeDraft } from '../episode-draft.ts'
import { noticesOf, type StoreContext } from '../store-context.ts'

/** What is read: each has a cursor of its own in a project. */
export interface IngestionSource {
  readonly projectId: string
  readonly source: string
  readonly sourceKind: 'git' | 'jsonl' | 'transcript'
}

/** Where reading of a source goes on; undefined where it never began. */
export const readCursor = async (
  { query, tables: { ingestionCursors: cursors } }: Database,
  { projectId, source, sourceKind }: IngestionSource,
): Promise<Record<string, unknown> | undefined> => {
  const [row] = await query
    .select({ cursor: cursors.cursor })
    .from(cursors)
    .where(
      and(
        eq(cursors.projectId, projectId),
        eq(cursors.sourceKind, sourceKind),
        eq(cursors.source, source),
      ),
    )
    .limit(1)
  return row?.cursor
}

/** A part of a source, and where to go on after it. */
export interface IngestionBatch {
  readonly drafts: readonly EpisodeDraft[]
  readonly cursor: Record<string, unknown>
}

/** What became of a part. */
export interface WrittenBatch extends WrittenEpisodes {
  readonly notices: string[]
}

/** Records what is new in a part and moves the cursor past it, in one transaction. */
export const writeBatch = async (
  store: StoreContext,
  source: IngestionSource,
  { drafts, cursor }: IngestionBatch,
): Promise<WrittenBatch> => {
  const prepared = await prepareUnknown(store, drafts)
  const written = await store.db.transaction(async (tx) => {
    const episodes = await writeUnknown(store, tx, prepared)
    await moveCursor(store, tx, { ...source, cursor, episodeCount: episodes.added })
    return episodes
  })
  return { ...written, notices: noticesOf(prepared) }
}

interface CursorMove extends IngestionSource, Pick<IngestionBatch, 'cursor'> {
  /** Episodes that came with this move. */
  readonly episodeCount: number
}

const moveCursor = async (
  { newId, now }: StoreContext,
  { query, tables: { ingestionCursors: cursors } }: Database,
  move: CursorMove,
): Promise<void> => {
  const at = now()
  await query
    .insert(cursors)
    .values({ ...move, id: newId(), ingestedAt: at, createdAt: at, updatedAt: at })
    .onConflictDoUpdate({
      target: conflictTarget(cursors, [cursors.projectId, cursors.sourceKind, cursors.source]),
      set: {
        cursor: move.cursor,
        episodeCount: sql`${cursors.episodeCount} + ${move.episodeCount}`,
        ingestedAt: at,
        updatedAt: at,
      },
    })
}
