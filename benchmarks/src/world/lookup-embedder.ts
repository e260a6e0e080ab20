import { defineEmbeddingSpace, type Embedder, type EmbeddingSpace } from '@athena-memory/models'

/** Vectors that are ready, by their texts. */
export interface KnownVectors {
  readonly dimensions: number
  /** Whether what is near shares its meaning or its spelling. Default: `semantic`. */
  readonly kind?: EmbeddingSpace['kind'] | undefined
  readonly documents: ReadonlyMap<string, Float32Array>
  readonly queries: ReadonlyMap<string, Float32Array>
}

/**
 * An embedder that costs nothing: it knows the vectors of all texts that it will be asked for. What is
 * measured through it is everything but the embedding. A long text may come in consecutive pieces,
 * which all have the vector of the whole.
 *
 * @throws RangeError where a text is unknown
 */
export const createLookupEmbedder = (known: KnownVectors): Embedder => ({
  space: defineEmbeddingSpace({
    model: 'ready-made',
    revision: '1',
    dimensions: known.dimensions,
    documentPrefix: '',
    queryPrefix: '',
    normalisation: 'l2',
    kind: known.kind ?? 'semantic',
  }),
  isLocal: true,
  embed: async (texts, { purpose = 'document' } = {}) =>
    purpose === 'query'
      ? texts.map((text) => known.queries.get(text) ?? refuse())
      : findDocuments(texts, known.documents),
  health: async () => ({ status: 'ok', latencyMs: 0 }),
})

const findDocuments = (
  texts: readonly string[],
  vectors: ReadonlyMap<string, Float32Array>,
): Float32Array[] => {
  const found: Float32Array[] = []
  let whole = ''
  let pieces = 0
  for (const text of texts) {
    whole += text
    pieces++
    const vector = vectors.get(whole)
    if (vector === undefined) continue
    found.push(...Array.from({ length: pieces }, () => vector))
    whole = ''
    pieces = 0
  }
  return pieces === 0 ? found : refuse()
}

const refuse = (): never => {
  throw new RangeError('only texts whose vectors are ready can be embedded')
}
