import type { Database } from '@athena-memory/db-core'
import type { Embedder } from '@athena-memory/models'
import { bestFirst, newestFirst } from '../score/best-first.ts'
import { similarityWeight } from '../score/fusion.ts'
import { findNeighbours } from '../score/neighbours.ts'
import { type Question, readQuestion } from '../score/question.ts'
import { rank, type Wanted } from '../score/rank.ts'
import type { Matches } from '../score/match-text.ts'
import { scoreInContext } from '../score/text-scores.ts'
import type { Similarities } from '../vectors/similarity.ts'
import type { NearestOptions, VectorSearch } from '../vectors/vector-search.ts'
import type { CandidateSource, Collection, OpenSource } from './candidate-source.ts'
import { selectDocuments } from './document-filter.ts'
import { gatherMatches } from './gather-matches.ts'
import type { Ranking } from './load-results.ts'
import { planText } from './plan-text.ts'
import type { SearchOptions } from './search-options.ts'

/** Documents that vectors may bring in besides those that text finds. */
const NEAREST = 50

/** The best by text have their vectors compared too, and are read for dates. */
const LOOKED_INTO = 60

/** What ranking runs with. */
export interface RankingContext {
  readonly embedder: Embedder | undefined
  readonly openSource: OpenSource
  /** Absent without an embedder. */
  readonly vectors: VectorSearch | undefined
  readonly now: () => Date
}

/** A question on its way: everything that it reads comes from one snapshot. */
export interface Search {
  readonly snapshot: Database
  readonly text: string
  /** Absent where text alone is searched. */
  readonly vector: Float32Array | undefined
  readonly options: SearchOptions
  readonly wanted: Wanted
}

/** The best documents for a question, in order. */
export const rankDocuments = async (context: RankingContext, search: Search): Promise<Ranking> => {
  const { snapshot, options } = search
  const now = context.now()
  const selection = selectDocuments(snapshot, options, now)
  const source = await context.openSource(snapshot, selection)
  const speakers = speakersOf(source.collection, options.projectId)
  const question = readQuestion(search.text, { speakers, now })
  const plan = await planText(question.query, source, options.projectId)
  const kind = search.vector && context.embedder?.space.kind
  const weight = similarityWeight(kind, plan.unknownShare)
  // Where vectors count for nothing, none are looked at.
  const comparing = weight > 0 ? context : { ...context, vectors: undefined }
  const near = await findNear(comparing, search, { source, filter: selection.filter })
  const matches = await gatherMatches(source, { ...plan, nearest: [...near.keys()] })
  const neighbours = findNeighbours(matches.candidates)
  const textScores = scoreInContext(matches, plan.weights, neighbours)
  const best = bestRows(matches, textScores)
  const similarities = new Map([
    ...near,
    ...(await compareTo(comparing, search, without(best, near))),
  ])
  const contents = await readForDates(source, question, best)
  const evidence = {
    question,
    weights: plan.weights,
    candidates: matches.candidates,
    neighbours,
    textScores,
    similarities,
    contents,
  }
  const ranked = rank({ ...evidence, kind, similarityWeight: weight }, search.wanted)
  return { ranked, matches, textScores, similarities, source }
}

const NOTHING: Similarities = new Map()

const findNear = async (
  { vectors }: RankingContext,
  { snapshot, vector, options }: Search,
  sought: Pick<NearestOptions, 'source' | 'filter'> & { source: CandidateSource },
): Promise<Similarities> => {
  if (vectors === undefined || vector === undefined) return NOTHING
  const expected = countExpected(sought.source.collection, options.projectId)
  return vectors.nearest(snapshot, vector, { ...sought, expected, limit: NEAREST })
}

const without = (rowNumbers: readonly number[], known: Similarities): number[] =>
  rowNumbers.filter((rowNumber) => !known.has(rowNumber))

const speakersOf = ({ projects }: Collection, projectId: string | undefined): string[] => {
  const asked = projectId === undefined ? [...projects.values()] : [projects.get(projectId)]
  return [...new Set(asked.flatMap((project) => project?.speakers ?? []))]
}

/** How many documents there may be to choose from; a project not counted yet is new and small. */
const countExpected = (
  { documents, projects }: Collection,
  projectId: string | undefined,
): number => (projectId === undefined ? documents : (projects.get(projectId)?.documents ?? 0))

const bestRows = ({ candidates }: Matches, textScores: Float64Array): number[] => {
  const best = bestFirst(textScores, { count: LOOKED_INTO, compare: newestFirst(candidates) })
  return best.flatMap((at) => ((textScores[at] ?? 0) > 0 ? (candidates[at]?.rowNumber ?? []) : []))
}

/** How alike the question and documents are; nothing where text alone is searched. */
export const compareTo = async (
  { vectors }: RankingContext,
  { snapshot, vector }: Search,
  rowNumbers: readonly number[],
): Promise<Similarities> =>
  vectors === undefined || vector === undefined || rowNumbers.length === 0
    ? NOTHING
    : vectors.compare(snapshot, vector, rowNumbers)

const readForDates = async (
  source: CandidateSource,
  { askedSpans }: Question,
  rowNumbers: readonly number[],
): Promise<Map<number, string>> => {
  if (askedSpans.length === 0) return new Map()
  const texts = await source.readTexts(rowNumbers)
  return new Map(rowNumbers.map((row) => [row, texts.get(row)?.content ?? '']))
}
