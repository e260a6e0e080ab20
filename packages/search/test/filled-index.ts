import type { Database } from '@athena-memory/db-core'
import {
  createDocumentIndex,
  type DocumentIndex,
  type DocumentIndexOptions,
  type DocumentInput,
  type SearchOptions,
} from '../src/index.ts'

/** A document as a test writes it: what it does not say is of no account to it. */
export type Text = Partial<DocumentInput> & Pick<DocumentInput, 'content'>

/** A document index, and short words for what tests do with it. */
export interface FilledIndex extends DocumentIndex {
  /** Writes texts of project `here` unless they say otherwise; their content is their source id. */
  add(...texts: readonly (string | Text)[]): Promise<void>
  /** The contents found, in order. */
  find(query: string, options?: SearchOptions): Promise<string[]>
}

export const openFilledIndex = (db: Database, options?: DocumentIndexOptions): FilledIndex => {
  const index = createDocumentIndex(db, options)
  return {
    ...index,
    async add(...texts) {
      const prepared = await index.prepare(texts.map(toInput))
      await db.transaction((tx) => index.put(tx, prepared))
    },
    async find(query, searchOptions) {
      const { results } = await index.search(query, searchOptions)
      return results.map(({ content }) => content)
    },
  }
}

const toInput = (text: string | Text): DocumentInput => ({
  layer: 'semantic',
  kind: 'fact',
  projectId: 'here',
  sourceId: typeof text === 'string' ? text : text.content,
  ...(typeof text === 'string' ? { content: text } : text),
})

/** Makes the projects that documents belong to. */
export const addProjects = (db: Database, ...ids: readonly string[]): Promise<void> =>
  db.transaction(async (tx) => {
    const at = new Date('2026-01-01T00:00:00Z')
    const rows = ids.map((id) => ({ id, name: id, settings: {}, createdAt: at, updatedAt: at }))
    await tx.query.insert(tx.tables.projects).values(rows)
  })
