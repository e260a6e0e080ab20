import type { Tables } from '@athena-memory/db-core'
import { type ItemRef, memberOf } from '@athena-memory/db-core/stores'

/** How much an item is in view: one is primary, any number are seen from the corner of the eye. */
export const FOCUS_LEVELS = ['primary', 'secondary', 'background'] as const
export type FocusLevel = (typeof FOCUS_LEVELS)[number]

/** How a focus came about. */
export const TRANSITIONS = ['voluntary', 'automatic', 'interruption', 'return'] as const
export type Transition = (typeof TRANSITIONS)[number]

/** That somebody looks at an item, or did. */
export interface Focus {
  readonly id: string
  readonly projectId: string
  readonly sessionId?: string | undefined
  readonly target: ItemRef
  /** From 0 to 1. */
  readonly weight: number
  readonly level: FocusLevel
  readonly transition: Transition
  readonly reason?: string | undefined
  /** The focus that returning leads to, which may be gone; absent where there is nothing to return to. */
  readonly previousId?: string | undefined
  readonly startedAt: Date
  /** Absent while it lasts. */
  readonly endedAt?: Date | undefined
}

export type FocusRow = Tables['attentionFocus']['$inferSelect']

/** A stored row as callers see it. */
export const toFocus = (row: FocusRow): Focus => ({
  id: row.id,
  projectId: row.projectId,
  sessionId: row.sessionId ?? undefined,
  target: { layer: row.targetLayer, id: row.targetId },
  weight: row.weight,
  level: memberOf(FOCUS_LEVELS, row.focusLevel, 'focus_level of a stored row'),
  transition: memberOf(TRANSITIONS, row.transition, 'transition of a stored row'),
  reason: row.reason ?? undefined,
  previousId: row.previousId ?? undefined,
  startedAt: row.startedAt,
  endedAt: row.endedAt ?? undefined,
})
