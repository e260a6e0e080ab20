import type { Database } from '@athena-memory/db-core'
import { and, eq, gt, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { shifted, WEAKEN_BY } from './change-strength.ts'
import { checkShares } from '@athena-memory/db-core/stores'
import { MIN_STRENGTH } from './find-neighbours.ts'
import { DAY_MS, type StoreContext } from './store-context.ts'

/** What fades, and how much at once. */
export interface DecayOptions {
  readonly projectId: string
  /** What associations lose; default .05. */
  readonly associationsBy?: number | undefined
  /** Only associations that were not active for so many days lose any; default 7. */
  readonly idleDays?: number | undefined
  /** What each focus loses; default .1. One that is left with less than .1 ends. */
  readonly focusBy?: number | undefined
}

/** How many rows faded. */
export interface DecayReport {
  readonly associations: number
  readonly focuses: number
  /** Focuses among them that ended. */
  readonly ended: number
}

const FOCUS_DECAY = 0.1
const MIN_FOCUS = 0.1
const IDLE_DAYS = 7

/** Lets go a little of everything; see `AttentionStore.decay`. */
export const decay = async (
  { db, now }: StoreContext,
  options: DecayOptions,
): Promise<DecayReport> => {
  const { projectId, associationsBy = WEAKEN_BY, focusBy = FOCUS_DECAY } = options
  checkShares({ associationsBy, focusBy })
  return db.transaction(async (tx) => {
    const { associations, attentionFocus } = tx.tables
    const at = now()
    const weaker = await tx.query
      .update(associations)
      .set({ strength: shifted(associations.strength, -associationsBy), updatedAt: at })
      .where(
        and(
          eq(associations.projectId, projectId),
          gt(associations.strength, 0),
          isIdle(tx, daysBefore(at, options.idleDays ?? IDLE_DAYS)),
        ),
      )
      .returning({ id: associations.id })
    const isOpen = and(eq(attentionFocus.projectId, projectId), isNull(attentionFocus.endedAt))
    const dimmer = await tx.query
      .update(attentionFocus)
      .set({ weight: shifted(attentionFocus.weight, -focusBy), updatedAt: at })
      .where(isOpen)
      .returning({ id: attentionFocus.id })
    const ended = await tx.query
      .update(attentionFocus)
      .set({ endedAt: at })
      .where(and(isOpen, lt(attentionFocus.weight, MIN_FOCUS)))
      .returning({ id: attentionFocus.id })
    return { associations: weaker.length, focuses: dimmer.length, ended: ended.length }
  })
}

/** Associations whose ends were not active together since a time, as a condition. */
const isIdle = ({ tables: { associations } }: Database, since: Date): SQL => {
  const { lastCoactivatedAt, createdAt } = associations
  return sql`coalesce(${lastCoactivatedAt}, ${createdAt}) < ${sql.param(since, createdAt)}`
}

const daysBefore = (at: Date, days: number): Date => new Date(at.getTime() - days * DAY_MS)

/** What may go. */
export interface PruneOptions {
  readonly projectId: string
  /** Whether to only say what would go; default true. */
  readonly dryRun?: boolean | undefined
  /** Associations at least this strong stay; default .1. */
  readonly minStrength?: number | undefined
  /** Days without a coactivation after which a weak association may go; default 7. */
  readonly idleDays?: number | undefined
  /** Days for which accesses, ended focuses and past inhibitions are kept; default 7. */
  readonly keepDays?: number | undefined
}

/** How many rows went, or would go. */
export interface PruneReport {
  readonly dryRun: boolean
  readonly associations: number
  readonly accesses: number
  readonly focuses: number
  readonly inhibitions: number
}

const KEEP_DAYS = 7

/** Clears away what no longer matters; see `AttentionStore.prune`. */
export const prune = async (
  { db, now }: StoreContext,
  options: PruneOptions,
): Promise<PruneReport> => {
  const { dryRun = true } = options
  checkShares({ minStrength: options.minStrength })
  return db.transaction(async (tx) => {
    const { associations, accessLog, attentionFocus, inhibitions } = tx.tables
    const past = pastRows(tx, options, now())
    const countOrDelete = async (
      table: typeof associations | typeof accessLog | typeof attentionFocus | typeof inhibitions,
      condition: SQL | undefined,
    ) =>
      dryRun
        ? tx.query.$count(table, condition)
        : (await tx.query.delete(table).where(condition).returning({ id: table.id })).length
    return {
      dryRun,
      associations: await countOrDelete(associations, past.associations),
      accesses: await countOrDelete(accessLog, past.accesses),
      focuses: await countOrDelete(attentionFocus, past.focuses),
      inhibitions: await countOrDelete(inhibitions, past.inhibitions),
    }
  })
}

/** What is weak and idle, and what is over for long, as conditions. A new association may yet grow. */
const pastRows = (
  tx: Database,
  { projectId, minStrength = MIN_STRENGTH, ...days }: PruneOptions,
  at: Date,
) => {
  const { associations, accessLog, attentionFocus, inhibitions } = tx.tables
  const kept = daysBefore(at, days.keepDays ?? KEEP_DAYS)
  return {
    associations: and(
      eq(associations.projectId, projectId),
      lt(associations.strength, minStrength),
      isIdle(tx, daysBefore(at, days.idleDays ?? IDLE_DAYS)),
    ),
    accesses: and(eq(accessLog.projectId, projectId), lt(accessLog.accessedAt, kept)),
    focuses: and(
      eq(attentionFocus.projectId, projectId),
      isNotNull(attentionFocus.endedAt),
      lt(attentionFocus.endedAt, kept),
    ),
    inhibitions: and(
      eq(inhibitions.projectId, projectId),
      or(
        lt(inhibitions.releasedAt, kept),
        lt(inhibitions.expiresAt, kept),
        lt(inhibitions.inhibitedAt, kept),
      ),
    ),
  }
}
