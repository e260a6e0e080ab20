import type * as Orama from '@orama/orama'
import type { WorldQuestion } from '../world/world.ts'
import type { SearchKind } from '../speed/measure-searches.ts'
import { loadPackage } from './load-package.ts'
import { type Peer, PEER_RESULTS, projectOf } from './peer.ts'

/** Orama, which lies in memory alone. */
export const openOrama = async ({ dim }: { readonly dim: number }): Promise<Peer> => {
  const orama = await loadPackage<typeof Orama>('@orama/orama')
  const db = orama.create({
    schema: { content: 'string', project: 'enum', vector: `vector[${dim}]` } as const,
  })
  return {
    isPersistent: false,
    async insert(memories) {
      const documents = memories.map((memory) => ({
        id: String(memory.number),
        content: memory.content,
        project: projectOf(memory),
        vector: [...memory.vector],
      }))
      await orama.insertMultiple(db, documents, documents.length)
    },
    finish: async () => undefined,
    async search(kind, question) {
      const { hits } = await orama.search(db, toQuery(kind, question))
      return hits.map(({ id }) => Number(id))
    },
    close: async () => undefined,
  }
}

const toQuery = (kind: SearchKind, { text, vector }: WorldQuestion) => {
  const about = { where: { project: { eq: 'large' } }, limit: PEER_RESULTS }
  const words = { term: text, properties: ['content' as const] }
  // Without a similarity of 0 it leaves out what is less than 80 % alike.
  const near = { vector: { value: [...vector], property: 'vector' }, similarity: 0 }
  if (kind === 'text') return { mode: 'fulltext' as const, ...words, ...about }
  if (kind === 'vector') return { mode: 'vector' as const, ...near, ...about }
  return { mode: 'hybrid' as const, ...words, ...near, ...about }
}
