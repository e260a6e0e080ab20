import type { Database } from '@athena-memory/db-core'
import { createDocumentIndex, type DocumentIndex } from '@athena-memory/search'
import type { WorldMemory, WorldQuestion } from '../world/world.ts'
import { measureSearches } from './measure-searches.ts'

/** Documents that vectors bring into a search: more than ten, since other signals reorder them. */
const FOUND_BY_VECTOR = 50

/** Our index, and what was written into it. */
export interface FilledIndex {
  readonly database: Database
  readonly documents: DocumentIndex
  readonly projectId: string | undefined
  /** Everything that the project holds. */
  readonly memories: readonly WorldMemory[]
}

/** Measures how our index is searched. Wordless questions are answered by their vectors alone. */
export const measureIndex = (filled: FilledIndex, questions: readonly WorldQuestion[]) => {
  const { database, documents, projectId, memories } = filled
  const wordsOnly = createDocumentIndex(database)
  const searches = {
    vector: ({ wordless }: WorldQuestion) => documents.search(wordless, { projectId }),
    text: ({ text }: WorldQuestion) => wordsOnly.search(text, { projectId }),
    hybrid: ({ text }: WorldQuestion) => documents.search(text, { projectId }),
  }
  return measureSearches({
    questions,
    keyed: memories.map(({ content, vector }) => ({ key: content, vector })),
    search: (kind, question) => searches[kind](question),
    async findNearest({ wordless }) {
      const options = { projectId, limit: FOUND_BY_VECTOR }
      const { results } = await documents.search(wordless, options)
      return results
        .toSorted((a, b) => (b.semanticSimilarity ?? -1) - (a.semanticSimilarity ?? -1))
        .map(({ content }) => content)
    },
  })
}
