import { createDocumentIndex } from '@athena-memory/search'
import { createEpisodicStore } from '@athena-memory/stores-episodic'
import { createSemanticStore } from '@athena-memory/stores-semantic'
import { createWorkingStore, type WorkingStore } from '@athena-memory/stores-working'
import { type Ground, withoutRemote } from './ground.ts'
import { createWorkingSinks } from './working-sinks.ts'

/** Working memory, with the layers that take what leaves it. */
export const openWorking = ({ database, documents, embedder }: Ground): WorkingStore => {
  const sinks = createWorkingSinks(documents, (tx, around) => {
    const index = around(createDocumentIndex(tx, { embedder: withoutRemote(embedder) }))
    return {
      semantic: createSemanticStore(tx, { documents: index }),
      episodic: createEpisodicStore(tx, { documents: index }),
    }
  })
  return createWorkingStore(database, { documents, sinks })
}
