import { createHashingEmbedder, defineEmbeddingSpace, type Embedder } from '@athena-memory/models'

/** An embedder that knows what a few words mean, on the axes of a space of 256 dimensions. */
export const meanings: Embedder = {
  ...createHashingEmbedder(),
  space: defineEmbeddingSpace({
    model: 'meanings',
    revision: '1',
    dimensions: 256,
    documentPrefix: '',
    queryPrefix: '',
    normalisation: 'none',
    kind: 'semantic',
  }),
  embed: async (texts) => texts.map(toMeaning),
}

const axes = [/car|automobile|vehicle/i, /dog|puppy|hound/i, /rain|storm|weather/i]

const toMeaning = (text: string): Float32Array =>
  Float32Array.from({ length: 256 }, (_, axis) => (axes[axis]?.test(text) ? 1 : 0.01))
