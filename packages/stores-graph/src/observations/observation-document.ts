import type { DocumentInput } from '@athena-memory/search'
import { tagsOf } from '../entities/entity-document.ts'
import type { EntityDraft } from '../entities/entity-draft.ts'
import { GRAPH_LAYER } from '../graph-layer.ts'
import type { ObservationRow } from './observation.ts'

/** The document of an observation. It names its entity, by which it is asked for. */
export const observationDocument = (
  entity: EntityDraft['row'],
  observation: Pick<ObservationRow, 'id' | 'content' | 'observedAt' | 'validFrom' | 'validUntil'>,
): DocumentInput => ({
  layer: GRAPH_LAYER,
  sourceId: observation.id,
  projectId: entity.projectId,
  kind: 'observation',
  groupId: entity.id,
  content: observation.content.includes(entity.name)
    ? observation.content
    : `${entity.name}: ${observation.content}`,
  tags: tagsOf(entity),
  occurredAt: observation.observedAt,
  validFrom: observation.validFrom ?? undefined,
  validUntil: observation.validUntil ?? undefined,
})
