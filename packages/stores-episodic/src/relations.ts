import { conflictTarget, type Database, StorageError, type Tables } from '@athena-memory/db-core'
import { and, desc, eq, inArray, or } from 'drizzle-orm'
import type { Episode } from './episode.ts'
import { findByIds } from './find-episodes.ts'
import { cutPage } from '@athena-memory/db-core/stores'
import { isBelow } from './page-cursor.ts'
import type { StoreContext } from './store-context.ts'

/** How two episodes belong together. */
export interface EpisodeLink {
  readonly fromId: string
  readonly toId: string
  /** A word such as `caused`, `fixed` or `part_of`: what the first is to the second. */
  readonly relationType: string
  /** From 0 to 1; default 1. */
  readonly strength?: number | undefined
}

/** A stored link. */
export interface EpisodeRelation extends EpisodeLink {
  readonly id: string
  readonly strength: number
  readonly projectId: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** Links two episodes; see `EpisodicStore.relate`. */
export const relateEpisodes = async (
  { db, newId, now }: StoreContext,
  link: EpisodeLink,
): Promise<EpisodeRelation> => {
  checkLink(link)
  const { fromId, toId, relationType, strength = 1 } = link
  return db.transaction(async (tx) => {
    const { episodeRelations: relations } = tx.tables
    const row = {
      id: newId(),
      projectId: await sharedProject(tx, [fromId, toId]),
      fromId,
      toId,
      relationType,
      strength,
      createdAt: now(),
      updatedAt: now(),
    }
    const [stored] = await tx.query
      .insert(relations)
      .values(row)
      .onConflictDoUpdate({
        target: conflictTarget(relations, [
          relations.fromId,
          relations.toId,
          relations.relationType,
        ]),
        set: { strength, updatedAt: row.updatedAt },
      })
      .returning()
    if (!stored) throw new StorageError('busy')
    const { tenantId: _, ...relation } = stored
    return relation
  })
}

const checkLink = ({ fromId, toId, relationType, strength = 1 }: EpisodeLink): void => {
  const problem =
    (fromId === toId && 'toId must be another episode than fromId') ||
    (!/^[a-z][a-z0-9_]{0,49}$/.test(relationType) &&
      'relationType must be a lower-case word of at most 50 characters, such as part_of') ||
    (!(strength >= 0 && strength <= 1) && 'strength must be from 0 to 1')
  if (problem) throw new StorageError('invalid', { detail: problem })
}

const sharedProject = async (tx: Database, ids: readonly [string, string]): Promise<string> => {
  const { episodes } = tx.tables
  const rows = await tx.query
    .select({ projectId: episodes.projectId })
    .from(episodes)
    .where(inArray(episodes.id, [...ids]))
  const [first, second] = rows
  if (!first || !second) {
    const detail = 'fromId and toId must be ids of episodes'
    throw new StorageError('missing-reference', { detail })
  }
  if (first.projectId === second.projectId) return first.projectId
  throw new StorageError('invalid', { detail: 'fromId and toId must be of the same project' })
}

/** Which links of an episode to follow. */
export interface RelatedOptions {
  readonly id: string
  /** From the episode, to it, or both; default both. */
  readonly direction?: RelationDirection | 'both' | undefined
  readonly relationTypes?: readonly string[] | undefined
  /** Default 20. */
  readonly limit?: number | undefined
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined
}

/** Whether a link leaves an episode or arrives at it. */
export const DIRECTIONS = ['out', 'in'] as const
export type RelationDirection = (typeof DIRECTIONS)[number]

/** An episode at the other end of a link. */
export interface RelatedEpisode {
  readonly episode: Episode
  readonly relationType: string
  readonly strength: number
  readonly direction: RelationDirection
}

/** Related episodes, the strongest link first. */
export interface RelatedPage {
  readonly related: RelatedEpisode[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

const DEFAULT_LIMIT = 20

/** Episodes that are linked to one; see `EpisodicStore.related`. */
export const findRelated = async (db: Database, options: RelatedOptions): Promise<RelatedPage> => {
  const { id, limit = DEFAULT_LIMIT, cursor, relationTypes } = options
  const { episodeRelations: relations } = db.tables
  const rows = await db.query
    .select()
    .from(relations)
    .where(
      and(
        isEndOf(relations, options),
        relationTypes && inArray(relations.relationType, [...relationTypes]),
        isBelow({ by: relations.strength, id: relations.id }, cursor),
      ),
    )
    .orderBy(desc(relations.strength), desc(relations.id))
    .limit(limit + 1)
  const { page, nextCursor } = cutPage(rows, limit, (row) => ({ value: row.strength, id: row.id }))
  const others = page.map(({ fromId, toId }) => (fromId === id ? toId : fromId))
  const episodes = new Map((await findByIds(db, others)).map((each) => [each.id, each]))
  const related = page.flatMap(({ fromId, toId, relationType, strength }) => {
    const isOut = fromId === id
    const episode = episodes.get(isOut ? toId : fromId)
    const direction: RelationDirection = isOut ? 'out' : 'in'
    return episode ? [{ episode, relationType, strength, direction }] : []
  })
  return { related, nextCursor }
}

type Relations = Tables['episodeRelations']

const isEndOf = (relations: Relations, { id, direction = 'both' }: RelatedOptions) => {
  if (direction === 'out') return eq(relations.fromId, id)
  if (direction === 'in') return eq(relations.toId, id)
  return or(eq(relations.fromId, id), eq(relations.toId, id))
}
