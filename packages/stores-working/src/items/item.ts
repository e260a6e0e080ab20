import type { Tables } from '@athena-memory/db-core'
import { memberOf } from '@athena-memory/db-core/stores'
import { activationAt, CONTENT_TYPES, type ContentType } from './activation.ts'
import { type Component, COMPONENTS } from './capacity.ts'

/** The layer's name in documents, derivations and results. */
export const WORKING_LAYER = 'working'

/** What an item of the workspace stands for. */
export const PATH_KINDS = ['file', 'directory'] as const
export type PathKind = (typeof PATH_KINDS)[number]

/** What an item came from, in the words of whoever held it. */
export type Origin = Readonly<Record<string, unknown>>

/** Something in mind. */
export interface WorkingItem {
  readonly id: string
  readonly projectId: string
  readonly content: string
  readonly contentType: ContentType
  readonly component: Component
  /** From 0 to 1, at the time of asking; see `activationAt`. */
  readonly activation: number
  /** From 0 to 1. */
  readonly importance: number
  /** Per hour. */
  readonly decayRate: number
  /** When it was last held or rehearsed. */
  readonly lastAccessedAt: Date
  /** How often it was rehearsed or focused. */
  readonly accessCount: number
  /** Since when it is in focus; absent where it is not. */
  readonly focusedAt?: Date | undefined
  readonly tags: string[]
  /** Where it was learned: a file and section, an address, a session. */
  readonly source?: string | undefined
  readonly origin?: Origin | undefined
  /** The file or directory that it stands for. */
  readonly path?: string | undefined
  readonly pathKind?: PathKind | undefined
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** A stored row. */
export type ItemRow = Tables['workingItems']['$inferSelect']

/** A stored row as callers see it at a time. */
export const toItem = (stored: ItemRow, at: Date): WorkingItem => {
  const { tenantId: _, ...row } = stored
  return {
    ...row,
    contentType: memberOf(CONTENT_TYPES, row.contentType, 'working_items.content_type'),
    component: memberOf(COMPONENTS, row.component, 'working_items.component'),
    activation: activationAt(row, at),
    focusedAt: row.focusedAt ?? undefined,
    source: row.source ?? undefined,
    origin: row.origin ?? undefined,
    path: row.path ?? undefined,
    pathKind: row.pathKind === null ? undefined : memberOf(PATH_KINDS, row.pathKind, 'path_kind'),
  }
}
