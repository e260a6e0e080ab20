import { StorageError } from '@athena-memory/db-core'
import {
  checkMetadata,
  checkShare,
  checkText,
  checkValidity,
  type Validity,
} from '../check-values.ts'
import type { RelationRow } from './relation.ts'

/** A tie from one entity to another of the same project. */
export interface NewRelation extends Validity {
  readonly fromId: string
  readonly toId: string
  /** In words, from the one to the other: `works_at`; at most 200 bytes. */
  readonly relationType: string
  /** From 0 to 1; default 1. */
  readonly strength?: number | undefined
  /** From 0 to 1; default 1. */
  readonly confidence?: number | undefined
  readonly metadata?: Record<string, unknown> | undefined
}

/** A relation ready to be written. */
export type RelationDraft = RelationRow

/**
 * Checks a new relation.
 *
 * @param projectOf the project of an entity
 * @throws StorageError `invalid` that names the field, `missing-reference` without such entities
 */
export const draftRelation = (
  given: NewRelation,
  {
    at,
    id,
    projectOf,
  }: { at: Date; id: string; projectOf: (entityId: string) => string | undefined },
): RelationDraft => {
  const projectId = projectOf(given.fromId)
  if (projectId === undefined) throw unknownEntity('fromId')
  if (projectOf(given.toId) === undefined) throw unknownEntity('toId')
  if (projectOf(given.toId) !== projectId) {
    const detail = 'toId must be the id of an entity of the same project as fromId'
    throw new StorageError('invalid', { detail })
  }
  return {
    id,
    projectId,
    fromId: given.fromId,
    toId: given.toId,
    relationType: checkText('relationType', given.relationType),
    strength: checkShare('strength', given.strength),
    confidence: checkShare('confidence', given.confidence),
    ...checkValidity(given),
    supersededAt: null,
    metadata: checkMetadata(given.metadata),
    createdAt: at,
    updatedAt: at,
  }
}

const unknownEntity = (field: string): StorageError =>
  new StorageError('missing-reference', { detail: `${field} must be the id of an entity` })

/** What makes two relations the same, as a key for maps: an open one is there once at any time. */
export const relationKey = (row: RelationDraft): string =>
  JSON.stringify([
    row.fromId,
    row.toId,
    row.relationType,
    ...(row.validUntil === null ? [] : [row.validFrom?.getTime(), row.validUntil.getTime()]),
  ])
