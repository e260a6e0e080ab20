import { guardFields, type SecretPolicy } from '@athena-memory/db-core/secrets'
import {
  checkOptional,
  checkShare,
  checkText,
  checkValidity,
  type Validity,
} from '../check-values.ts'
import { hashContent } from '../content-hash.ts'
import type { EntityRow } from '../entities/entity.ts'
import type { ObservationRow } from './observation.ts'

/** Something to know of an entity. */
export interface NewObservation extends Validity {
  readonly entityId: string
  /** At most 64 KiB of UTF-8. */
  readonly content: string
  /** From 0 to 1; default 1. */
  readonly confidence?: number | undefined
  /** Where it was learned: a file, an address, a session. */
  readonly source?: string | undefined
  /** When it was seen; default now. */
  readonly observedAt?: Date | undefined
}

/** An observation without the secrets that were in its texts, and how many those were. */
export const guardObservation = <Given extends Pick<NewObservation, 'content' | 'source'>>(
  given: Given,
  secretPolicy: SecretPolicy,
): { readonly observation: Given; readonly redactions: number } => {
  const { content, source } = given
  const { fields, redactions } = guardFields({ content, source }, secretPolicy)
  return { observation: { ...given, ...fields }, redactions }
}

/** An observation ready to be written. */
export type ObservationDraft = ObservationRow

/**
 * Checks a new observation.
 *
 * @throws StorageError `invalid` that names the field
 */
export const draftObservation = (
  given: NewObservation,
  { entity, at, newId }: { entity: Pick<EntityRow, 'projectId'>; at: Date; newId: () => string },
): ObservationDraft => {
  const content = checkText('content', given.content)
  return {
    id: newId(),
    projectId: entity.projectId,
    entityId: given.entityId,
    content,
    contentHash: hashContent(content),
    confidence: checkShare('confidence', given.confidence),
    source: checkOptional('source', given.source),
    observedAt: given.observedAt ?? at,
    ...checkValidity(given),
    supersededBy: null,
    supersededAt: null,
    createdAt: at,
    updatedAt: at,
  }
}

/** What makes two current observations the same, as a key for maps. */
export const observationKey = ({
  entityId,
  contentHash,
}: Pick<ObservationRow, 'entityId' | 'contentHash'>): string => `${contentHash} ${entityId}`
