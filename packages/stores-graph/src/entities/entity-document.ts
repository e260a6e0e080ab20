import type { Database } from '@athena-memory/db-core'
import type { DocumentInput } from '@athena-memory/search'
import { GRAPH_LAYER } from '../graph-layer.ts'
import { newestObservations } from '../observations/find-observations.ts'
import type { EntityDraft } from './entity-draft.ts'
import type { EntityRow } from './entity.ts'
import { findEntityRows } from './find-entities.ts'

/** Observations, the newest ones, that the document of an entity tells of. */
export const TOLD_OBSERVATIONS = 50

type EntityFields = EntityDraft['row']

/** What entities and what is observed of them are tagged with. */
export const tagsOf = ({
  entityType,
  namespace,
}: Pick<EntityRow, 'entityType' | 'namespace'>): string[] => [
  typeTag(entityType),
  namespaceTag(namespace),
]

/** The tag of everything about entities of a type. */
export const typeTag = (entityType: string): string => `type:${entityType}`

/** The tag of everything in a namespace. */
export const namespaceTag = (namespace: string): string => `namespace:${namespace}`

/** The document of an entity: its name and type, and what is known of it, the newest last. */
export const entityDocument = (
  entity: EntityFields,
  observations: readonly string[],
): DocumentInput => ({
  layer: GRAPH_LAYER,
  sourceId: entity.id,
  projectId: entity.projectId,
  kind: 'entity',
  groupId: entity.id,
  content: [
    `${entity.name} (${entity.entityType})`,
    ...observations.slice(-TOLD_OBSERVATIONS),
  ].join('\n'),
  tags: tagsOf(entity),
})

/** The documents of entities as they stand now. */
export const describeEntities = async (
  db: Database,
  ids: readonly string[],
): Promise<DocumentInput[]> => {
  const observations = await newestObservations(db, ids, TOLD_OBSERVATIONS)
  return (await findEntityRows(db, ids)).map((row) =>
    entityDocument(row, observations.get(row.id)?.map(({ content }) => content) ?? []),
  )
}
