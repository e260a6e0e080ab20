import { createHashingEmbedder } from '../src/index.ts'
import { describeEmbedder } from './embedder-contract.ts'
import { openEmbeddingServer } from './embedding-server.ts'
import { answerAll, serverKinds } from './server-kinds.ts'

describeEmbedder('hashing', async () => ({
  embedder: createHashingEmbedder(),
  close: async () => {},
}))

for (const kind of serverKinds) {
  describeEmbedder(kind.name, async () => {
    const server = await openEmbeddingServer(({ body }) => answerAll(kind, body.input))
    return { embedder: kind.open({ url: server.url }), close: server.close }
  })
}
