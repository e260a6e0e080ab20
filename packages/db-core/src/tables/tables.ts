import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import { defineAttention } from './attention.ts'
import { defineConversation } from './conversation.ts'
import { defineDerivations } from './derivations.ts'
import { defineDocuments } from './documents.ts'
import { defineEmbeddings } from './embeddings.ts'
import { defineEpisodic } from './episodic.ts'
import { defineGraph } from './graph.ts'
import { defineMeta } from './meta.ts'
import { defineProjects } from './projects.ts'
import { defineSemantic } from './semantic.ts'
import { defineWorking } from './working.ts'

/** All tables in the words of one dialect, parents before children. */
export const defineTables = (c: Vocabulary) => {
  const projects = defineProjects(c)
  const documents = defineDocuments(c, projects)
  return {
    ...projects,
    ...defineSemantic(c, projects),
    ...defineEpisodic(c, projects),
    ...defineConversation(c, projects),
    ...defineGraph(c, projects),
    ...defineWorking(c, projects),
    ...defineAttention(c, projects),
    ...defineMeta(c, projects),
    ...documents,
    ...defineEmbeddings(c, documents),
    ...defineDerivations(c),
  }
}

/** The tables as stores see them. */
export type Tables = ReturnType<typeof defineTables>
