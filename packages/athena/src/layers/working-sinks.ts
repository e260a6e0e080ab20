import type { Database } from '@athena-memory/db-core'
import type { DocumentIndex } from '@athena-memory/search'
import type { OutgoingItem, WorkingSink, WorkingSinks } from '@athena-memory/stores-working'
import type { Layers } from '../athena.ts'
import { withPrepared } from './prepared-index.ts'

/** The layers of a transaction, over an index that knows some texts already. */
export type OpenLayersIn = (
  tx: Database,
  around: (documents: DocumentIndex) => DocumentIndex,
) => Pick<Layers, 'semantic' | 'episodic'>

/** Where what leaves working memory goes: facts to semantic memory, events to episodic memory. */
export const createWorkingSinks = (
  documents: DocumentIndex,
  openLayersIn: OpenLayersIn,
): WorkingSinks => {
  const sink = (
    layer: 'semantic' | 'episodic',
    write: (layers: ReturnType<OpenLayersIn>, item: OutgoingItem) => Promise<{ id: string }>,
  ): WorkingSink => ({
    async prepare(items) {
      const prepared = await documents.prepare(items.map((item) => toDocument(item, layer)))
      return items.map((item) => ({
        write: (tx) =>
          write(
            openLayersIn(tx, (index) => withPrepared(index, prepared)),
            item,
          ),
      }))
    },
  })
  return {
    semantic: sink('semantic', async ({ semantic }, item) => {
      const { projectId, content, tags, source } = item
      const { memory } = await semantic.remember({ projectId, content, tags, source })
      return { id: memory.id }
    }),
    episodic: sink('episodic', async ({ episodic }, item) => {
      const { episode } = await episodic.record(toEpisode(item))
      return { id: episode.id }
    }),
  }
}

const toDocument = ({ id, projectId, content }: OutgoingItem, layer: string) => ({
  layer,
  sourceId: id,
  kind: 'item',
  projectId,
  content,
})

/** Tags and origin have no columns there: they stay with the route of the item, and in the source. */
const toEpisode = ({ projectId, content, heldSince, source, path, tags }: OutgoingItem) => ({
  projectId,
  content,
  occurredAt: heldSince,
  source: source ?? (tags.length > 0 ? `working memory: ${tags.join(', ')}` : undefined),
  files: path === undefined ? undefined : [path],
})
