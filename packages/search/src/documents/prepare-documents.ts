import type { Embedder } from '@athena-memory/models'
import { analyzeDocument } from '../analysis/pieces.ts'
import { splitForEmbedding } from '../vectors/embedded-text.ts'
import type { DocumentInput, PreparedDocument, PreparedEmbedding } from './document-input.ts'

/**
 * Analyses documents and embeds them, outside any transaction. A failing embedder is no error: the
 * documents then have no vectors and a notice.
 */
export const prepareDocuments = async (
  inputs: readonly DocumentInput[],
  embedder: Embedder | undefined,
): Promise<PreparedDocument[]> => {
  const cleaned = inputs.map(withoutNul)
  const analyzed = cleaned.map((input) => ({ input, text: analyzeDocument(input.content) }))
  if (embedder === undefined || inputs.length === 0) return analyzed
  try {
    const embeddings = await embedTexts(
      cleaned.map(({ content }) => content),
      embedder,
    )
    return analyzed.map((document, at) => {
      const embedding = embeddings[at]
      return embedding === undefined ? document : { ...document, embedding }
    })
  } catch (error) {
    const notice = `Stored without vectors, which are pending: ${reasonOf(error)}`
    return analyzed.map((document) => ({ ...document, notice }))
  }
}

/** Neither database stores a NUL in text. */
const withoutNul = (input: DocumentInput): DocumentInput =>
  input.content.includes('\0') ? { ...input, content: input.content.replaceAll('\0', '') } : input

/** Embeds texts, each in its pieces; in the order of the texts. */
export const embedTexts = async (
  contents: readonly string[],
  embedder: Embedder,
): Promise<PreparedEmbedding[]> => {
  const pieces = contents.map(splitForEmbedding)
  const vectors = await embedder.embed(pieces.flat(), { purpose: 'document' })
  let start = 0
  return pieces.map(({ length }) => {
    const embedding = { spaceId: embedder.space.id, vectors: vectors.slice(start, start + length) }
    start += length
    return embedding
  })
}

/** An error in words. Errors of embedders hold no content. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'the embedder failed'
