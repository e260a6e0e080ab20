import type { Embedder, EmbeddingSpace } from '@athena-memory/models'
import { createLookupEmbedder } from '../world/lookup-embedder.ts'
import type { ConversationData, EvidenceQuestion, Turn } from './conversation-data.ts'
import { readEmbeddings } from './read-embeddings.ts'
import { contentOf } from './remember-conversation.ts'

/** Vectors of a model for a data set, and an embedder that answers with them. */
export interface DataVectors {
  readonly embedder: Embedder
  readonly ofTurn: ReadonlyMap<Turn, Float32Array>
  readonly ofQuestion: ReadonlyMap<EvidenceQuestion, Float32Array>
}

/**
 * Reads the vectors beside a data set.
 *
 * @throws Error that names `embeddings.f32` and what is wrong with it
 */
export const readDataVectors = async (
  folder: string,
  { turns, questions }: ConversationData,
  kind: EmbeddingSpace['kind'],
): Promise<DataVectors> => {
  const lines = { memories: turns.length, questions: questions.length }
  const { dimensions, ...rows } = await readEmbeddings(folder, lines)
  const ofTurn = pair(turns, rows.memories)
  const ofQuestion = pair(questions, rows.questions)
  const documents = new Map(Array.from(ofTurn, ([turn, vector]) => [contentOf(turn), vector]))
  const queries = new Map(Array.from(ofQuestion, ([asked, vector]) => [asked.question, vector]))
  return {
    embedder: createLookupEmbedder({ dimensions, kind, documents, queries }),
    ofTurn,
    ofQuestion,
  }
}

const pair = <Line>(
  lines: readonly Line[],
  vectors: readonly Float32Array[],
): Map<Line, Float32Array> =>
  new Map(
    lines.flatMap((line, row) => {
      const vector = vectors[row]
      return vector ? [[line, vector] as const] : []
    }),
  )
