import type { Database } from '@athena-memory/db-core'
import { findEntities } from '../entities/find-entities.ts'
import type { RelationScope } from '../relations/find-relations.ts'
import { cutSubgraph, type Subgraph } from '../traverse/subgraph.ts'
import { escapeLabel } from './escape-label.ts'

/** Which part of the graph to draw. */
export interface MermaidOptions extends RelationScope {
  readonly projectId: string
  /** In the middle of the drawing; the newest entities of the project unless given. */
  readonly entityIds?: readonly string[] | undefined
  /** Relations to go from there at most, from 0 to 5; default 1. */
  readonly depth?: number | undefined
  readonly namespace?: string | undefined
  /** Entities; default 50. */
  readonly limit?: number | undefined
}

/** A drawing. */
export interface MermaidDrawing {
  /** A flow chart in the language of Mermaid. */
  readonly diagram: string
  /** Whether there is more than is drawn. */
  readonly isTruncated: boolean
}

/** A part of the graph as a drawing; see `GraphStore.mermaid`. */
export const drawMermaid = async (
  db: Database,
  options: MermaidOptions,
  now: Date,
): Promise<MermaidDrawing> => {
  const { limit = 50, depth = 1, relationTypes, asOf } = options
  const { entityIds, nextCursor } = await middleOf(db, { ...options, limit })
  const part = await cutSubgraph(
    db,
    { entityIds, depth: options.entityIds ? depth : 0, limit, relationTypes, asOf },
    now,
  )
  const isTruncated = part.isTruncated || nextCursor !== undefined
  return { diagram: toMermaid(part), isTruncated }
}

const middleOf = async (
  db: Database,
  { projectId, namespace, limit, entityIds }: MermaidOptions,
): Promise<{ entityIds: readonly string[]; nextCursor?: string | undefined }> => {
  if (entityIds) return { entityIds }
  const { entities, nextCursor } = await findEntities(db, { projectId, namespace, limit })
  return { entityIds: entities.map(({ id }) => id), nextCursor }
}

/** Entities and relations as a flow chart, whatever their names hold. */
const toMermaid = ({ entities, relations }: Pick<Subgraph, 'entities' | 'relations'>): string => {
  const nodes = new Map(entities.map(({ id }, index) => [id, `n${index + 1}`]))
  return [
    'graph LR',
    ...entities.map(
      ({ id, name, entityType }) =>
        `  ${nodes.get(id)}["${escapeLabel(`${name} (${entityType})`)}"]`,
    ),
    ...relations.flatMap(({ fromId, toId, relationType }) => {
      const [from, to] = [nodes.get(fromId), nodes.get(toId)]
      return from && to ? [`  ${from} -->|"${escapeLabel(relationType)}"| ${to}`] : []
    }),
  ].join('\n')
}
