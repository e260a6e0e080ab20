import { type QueryWeights, weighQuery } from '../score/bm25.ts'
import { boundQuery } from '../score/bound-query.ts'
import { chooseStems } from '../score/choose-stems.ts'
import type { TextQuery } from '../score/text-query.ts'
import type { CandidateSource, Collection } from './candidate-source.ts'

/** How a question is sought by its text. */
export interface TextPlan {
  readonly query: TextQuery
  readonly weights: QueryWeights
  /** The stems whose holders become candidates. */
  readonly stems: readonly string[]
  /** How much of the query's weight lies in stems that no document holds, 0 to 1. */
  readonly unknownShare: number
}

/** Weighs the stems of a question by how many documents hold them, and chooses those to look up. */
export const planText = async (
  asked: TextQuery,
  source: CandidateSource,
  projectId: string | undefined,
): Promise<TextPlan> => {
  const { collection } = source
  const frequencies = await source.countHolders(asked.stems)
  const query = boundQuery(asked, frequencies)
  const commonness = query.stems.map((stem) => ({ stem, frequency: frequencies.get(stem) ?? 0 }))
  const weights = weighQuery(query, { ...collection, frequencies })
  return {
    query,
    weights,
    unknownShare: unknownShare(commonness, weights),
    stems: chooseStems(commonness, shareOf(collection, projectId)),
  }
}

/** The share of all documents that belong to a project; 1 for all projects, and for one not counted yet. */
const shareOf = ({ projects, documents }: Collection, projectId: string | undefined): number => {
  const project = projectId === undefined ? undefined : projects.get(projectId)
  return project === undefined ? 1 : project.documents / documents
}

const unknownShare = (
  stems: readonly { frequency: number }[],
  { stems: weights }: QueryWeights,
): number => {
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const unknown = weights.filter((_, place) => stems[place]?.frequency === 0)
  return all > 0 ? unknown.reduce((sum, weight) => sum + weight, 0) / all : 0
}
