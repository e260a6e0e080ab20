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
}

/**
 * Checks a new entity.
 *
 * @throws StorageError `invalid` that names the field
 */
export const draftEntity = (
  given: NewEntity,
  { id, at }: { id: string; at: Date },
): EntityDraft => ({
  row: {
    id,
    projectId: given.projectId,
    name: checkText('name', given.name),
    entityType: checkText('entityType', given.entityType),
    namespace: checkText('namespace', given.namespace ?? DEFAULT_NAMESPACE),
    metadata: checkMetadata(given.metadata),
    createdAt: at,
    updatedAt: at,
  },
  observations: [
    ...new Set(given.observations?.map((content) => checkText('content', content)) ?? []),
  ],
})

/** What makes two entities the same, as a key for maps. */
export const entityKey = (row: EntityDraft['row']): string =>
  JSON.stringify([row.projectId, row.namespace, row.entityType, row.name])
