import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import { defineDerivations } from './derivations.ts'
import { defineDocuments } from './documents.ts'
import { defineEmbeddings } from './embeddings.ts'
import { defineProjects } from './projects.ts'
import { defineSemantic } from './semantic.ts'

/** All tables in the words of one dialect, parents before children. */
export const defineTables = (c: Vocabulary) => {
  const projects = defineProjects(c)
  const documents = defineDocuments(c, projects)
  return {
    ...projects,
    ...defineSemantic(c, projects),
    ...documents,
    ...defineEmbeddings(c, documents),
    ...defineDerivations(c),
  }
}

/** The tables as stores see them. */
export type Tables = ReturnType<typeof defineTables>
