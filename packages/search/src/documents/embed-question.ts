import type { Embedder } from '@athena-memory/models'
import { MAX_QUESTION_LENGTH } from '../score/question.ts'
import { reasonOf } from './prepare-documents.ts'

/** A question's vector, or why it has none. */
export interface EmbeddedQuestion {
  readonly vector: Float32Array | undefined
  readonly notices: string[]
}

/** Embeds a question. Without an embedder, or when it fails, text alone is searched. */
export const embedQuestion = async (
  text: string,
  embedder: Embedder | undefined,
): Promise<EmbeddedQuestion> => {
  if (embedder === undefined) return { vector: undefined, notices: [] }
  try {
    const question = text.slice(0, MAX_QUESTION_LENGTH).replaceAll('\0', '')
    const [vector] = await embedder.embed([question], { purpose: 'query' })
    // A text without words has no direction, and nothing is near to it.
    return { vector: vector?.some((value) => value !== 0) ? vector : undefined, notices: [] }
  } catch (error) {
    return { vector: undefined, notices: [`Searched by text alone: ${reasonOf(error)}`] }
  }
}
