import { PIECE_STEMS } from '../analysis/pieces.ts'
import type { Collection } from '../documents/candidate-source.ts'
import type { StoredDocument } from '../documents/stored-document.ts'

/** Counts documents as they come and go. */
export interface CollectionCounter {
  add(document: StoredDocument): void
  remove(document: StoredDocument): void
  collection(): Collection
}

interface Project {
  documents: number
  readonly speakers: Map<string, number>
}

/** A counter of nothing yet. */
export const createCollectionCounter = (): CollectionCounter => {
  const projects = new Map<string, Project>()
  let [documents, stems, pieces] = [0, 0, 0]
  let counted: Collection | undefined

  const count = ({ length, projectId, speaker }: StoredDocument, step: 1 | -1) => {
    counted = undefined
    documents += step
    stems += step * length
    pieces += step * Math.ceil(length / PIECE_STEMS)
    const project = projects.get(projectId) ?? { documents: 0, speakers: new Map() }
    projects.set(projectId, project)
    project.documents += step
    if (speaker !== undefined) countSpeaker(project.speakers, speaker, step)
  }

  return {
    add: (document) => count(document, 1),
    remove: (document) => count(document, -1),
    collection: () =>
      (counted ??= {
        documents,
        averageLength: stems / Math.max(pieces, 1),
        projects: new Map(Array.from(projects, ([id, project]) => [id, toStatistics(project)])),
      }),
  }
}

const countSpeaker = (speakers: Map<string, number>, speaker: string, step: 1 | -1): void => {
  const said = (speakers.get(speaker) ?? 0) + step
  if (said > 0) speakers.set(speaker, said)
  else speakers.delete(speaker)
}

const toStatistics = ({ documents, speakers }: Project) => ({
  documents,
  speakers: [...speakers.keys()],
})
