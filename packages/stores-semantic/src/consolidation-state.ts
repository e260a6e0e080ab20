import { StorageError } from '@athena-memory/db-core'

/** How firmly a memory has settled, after the way memories consolidate, open up and settle again. */
export const CONSOLIDATION_STATES = [
  'unconsolidated',
  'consolidating',
  'consolidated',
  'labile',
  'reconsolidating',
  'superseded',
] as const
export type ConsolidationState = (typeof CONSOLIDATION_STATES)[number]

/**
 * What may follow each state. Recall makes a consolidated memory labile; one whose window closes
 * without a change settles again. Work that was begun may be given up. Every current state can be
 * superseded, but only by a new version.
 */
const FOLLOWERS = {
  unconsolidated: ['consolidating'],
  consolidating: ['consolidated', 'unconsolidated'],
  consolidated: ['labile'],
  labile: ['reconsolidating', 'consolidated'],
  reconsolidating: ['consolidated', 'labile'],
  superseded: [],
} satisfies Record<ConsolidationState, readonly ConsolidationState[]>

/** Whether a memory may be set from one state to another; to stay is always allowed. */
export const mayFollow = (from: ConsolidationState, to: ConsolidationState): boolean =>
  from === to || FOLLOWERS[from].some((state) => state === to)

/**
 * Refuses an illegal step.
 *
 * @throws StorageError `invalid` that says which states may follow
 */
export const assertMayFollow = (from: ConsolidationState, to: ConsolidationState): void => {
  if (mayFollow(from, to)) return
  const allowed = FOLLOWERS[from].join(' or ') || 'nothing else'
  const hint = to === 'superseded' ? '; a new version supersedes it' : ''
  const detail = `state cannot become ${to} from ${from}, which can become ${allowed}${hint}`
  throw new StorageError('invalid', { detail })
}
