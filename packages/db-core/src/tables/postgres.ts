import { postgres } from '../vocabulary/vocabulary.ts'
import { defineTables } from './tables.ts'

export const { projects, memories, documents, embeddingSpaces, embeddings, derivations } =
  defineTables(postgres)
