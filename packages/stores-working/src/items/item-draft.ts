import { StorageError } from '@athena-memory/db-core'
import { guardFields, type SecretPolicy } from '@athena-memory/db-core/secrets'
import type { DocumentInput } from '@athena-memory/search'
import { type ContentType, decayRateOf, type HalfLives } from './activation.ts'
import type { Component } from './capacity.ts'
import { type ItemRow, type Origin, type PathKind, WORKING_LAYER } from './item.ts'

/** Something to hold in mind. */
export interface NewItem {
  readonly projectId: string
  /** At most 1 MiB of UTF-8. */
  readonly content: string
  /** Default: `verbal`. */
  readonly contentType?: ContentType | undefined
  /** Default: the one that the content type belongs to. */
  readonly component?: Component | undefined
  /** From 0 to 1; default .5. What is important fades more slowly. */
  readonly importance?: number | undefined
  readonly tags?: readonly string[] | undefined
  /** Where it was learned: a file and section, an address, a session. */
  readonly source?: string | undefined
  /** What it came from, as an object of at most 64 KiB of JSON; it goes along when the item is moved. */
  readonly origin?: Origin | undefined
}

/** The file or directory that an item stands for. */
export interface ItemPath {
  readonly path?: string | undefined
  readonly pathKind?: PathKind | undefined
}

/** An item ready to be written. */
export type ItemDraft = Omit<ItemRow, 'tenantId'>

/** An item without the secrets that it held, and how many those were. */
export interface GuardedItem {
  readonly row: ItemDraft
  readonly redactions: number
}

interface DraftSettings {
  readonly id: string
  readonly now: Date
  readonly halfLives: HalfLives
  readonly secretPolicy: SecretPolicy
}

/** Where each content type is held unless the caller says otherwise. */
const COMPONENT_OF = {
  verbal: 'phonological',
  action: 'phonological',
  spatial: 'visuospatial',
  episodic: 'episodic_buffer',
  goal: 'central_executive',
  decision: 'central_executive',
} satisfies Record<ContentType, Component>

const DEFAULT_IMPORTANCE = 0.5

/**
 * Checks a new item, cuts secrets out of it and gives it all that a row needs.
 *
 * @throws StorageError `invalid` that names the field
 */
export const draftItem = (
  given: NewItem & ItemPath,
  { id, now, halfLives, secretPolicy }: DraftSettings,
): GuardedItem => {
  checkItem(given)
  const { content, source = null, origin = null, path = null } = given
  const { fields, redactions } = guardFields({ content, source, origin, path }, secretPolicy)
  const { contentType = 'verbal', importance = DEFAULT_IMPORTANCE } = given
  const row = {
    id,
    projectId: given.projectId,
    ...fields,
    contentType,
    component: given.component ?? COMPONENT_OF[contentType],
    activation: 1,
    importance,
    decayRate: decayRateOf(halfLives[contentType]),
    lastAccessedAt: now,
    accessCount: 0,
    focusedAt: null,
    tags: [...new Set(given.tags)],
    pathKind: given.pathKind ?? null,
    createdAt: now,
    updatedAt: now,
  }
  return { row, redactions }
}

const checkItem = (given: NewItem): void => {
  const problem = contentProblem(given.content) ?? importanceProblem(given) ?? originProblem(given)
  if (problem !== undefined) throw new StorageError('invalid', { detail: problem })
}

/** The longest content and the largest origin, in bytes of UTF-8. */
const MAX_CONTENT_BYTES = 1_048_576
const MAX_ORIGIN_BYTES = 65_536

const contentProblem = (content: string): string | undefined => {
  if (content.replaceAll('\0', '').trim() === '') return 'content must not be empty'
  const isTooLong = Buffer.byteLength(content) > MAX_CONTENT_BYTES
  return isTooLong ? 'content must have at most 1 MiB (1048576 bytes) of UTF-8' : undefined
}

const importanceProblem = ({ importance = DEFAULT_IMPORTANCE }: NewItem): string | undefined =>
  importance >= 0 && importance <= 1 ? undefined : 'importance must be from 0 to 1'

const originProblem = ({ origin = {} }: NewItem): string | undefined =>
  Buffer.byteLength(JSON.stringify(origin)) > MAX_ORIGIN_BYTES
    ? 'origin must have at most 64 KiB (65536 bytes) of JSON'
    : undefined

/** The document by which an item is found while it is in mind. */
export const toDocument = (row: ItemDraft): DocumentInput => ({
  layer: WORKING_LAYER,
  sourceId: row.id,
  projectId: row.projectId,
  content: row.content,
  kind: row.contentType,
  importance: row.importance,
  tags: row.tags,
  occurredAt: row.createdAt,
})
