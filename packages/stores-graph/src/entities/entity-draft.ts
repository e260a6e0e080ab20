import { guardFields, type SecretPolicy } from '@athena-memory/db-core/secrets'
import { checkMetadata, checkText } from '../check-values.ts'
import { DEFAULT_NAMESPACE } from '../graph-layer.ts'
import type { EntityRow } from './entity.ts'

/** A thing to know something of. */
export interface NewEntity {
  readonly projectId: string
  /** At most 1,000 bytes of UTF-8. */
  readonly name: string
  /** Such as `person` or `component`; at most 200 bytes. */
  readonly entityType: string
  /** Default `default`; at most 200 bytes. */
  readonly namespace?: string | undefined
  readonly metadata?: Record<string, unknown> | undefined
  /** What is known of it already; what it holds letter by letter is not added again. */
  readonly observations?: readonly string[] | undefined
}

/** An entity ready to be written. */
export interface EntityDraft {
  readonly row: EntityRow
  readonly observations: readonly string[]
  /** Secrets cut out of it. */
  readonly redactions: number
}

/**
 * Checks a new entity and cuts secrets out of what is known of it; its names stay.
 *
 * @throws StorageError `invalid` that names the field
 */
export const draftEntity = (
  given: NewEntity,
  { id, at, secretPolicy }: { id: string; at: Date; secretPolicy: SecretPolicy },
): EntityDraft => {
  const { observations = [], metadata } = given
  const { fields, redactions } = guardFields({ observations, metadata }, secretPolicy)
  return {
    row: {
      id,
      projectId: given.projectId,
      name: checkText('name', given.name),
      entityType: checkText('entityType', given.entityType),
      namespace: checkText('namespace', given.namespace ?? DEFAULT_NAMESPACE),
      metadata: checkMetadata(fields.metadata),
      createdAt: at,
      updatedAt: at,
    },
    observations: [...new Set(fields.observations.map((text) => checkText('content', text)))],
    redactions,
  }
}

/** What makes two entities the same, as a key for maps. */
export const entityKey = (row: EntityDraft['row']): string =>
  JSON.stringify([row.projectId, row.namespace, row.entityType, row.name])
