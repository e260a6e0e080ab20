import type { Database } from '@athena-memory/db-core'
import type { Embedder } from '@athena-memory/models'
import { inArray } from 'drizzle-orm'
import { similarityWeight } from '../score/fusion.ts'
import { type Question, readQuestion } from '../score/question.ts'
import { rank } from '../score/rank.ts'
import { scoreInContext } from '../score/text-scores.ts'
import { compareListed } from '../vectors/compare-rows.ts'
import type { Choice, FindNearest } from '../vectors/find-nearest.ts'
import type { Similarities } from '../vectors/similarity.ts'
import type { LoadCandidates } from './candidate-store.ts'
import type { Collection, ReadCollection } from './collection.ts'
import { documentFilter } from './document-filter.ts'
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
  readonly readCollection: ReadCollection
  readonly loadCandidates: LoadCandidates
  /** Absent without an embedder. */
  readonly findNearest: FindNearest | undefined
  readonly now: () => Date
}

/** A question on its way: everything that it reads comes from one snapshot. */
export interface Search {
  readonly snapshot: Database
  readonly text: string
  /** Absent where text alone is searched. */
  readonly vector: Float32Array | undefined
  readonly options: SearchOptions
}

/** All documents relevant to a question, in order. */
export const rankDocuments = async (context: RankingContext, search: Search): Promise<Ranking> => {
  const { snapshot, options } = search
  const now = context.now()
  const filter = documentFilter(snapshot, options, now)
  const collection = await context.readCollection(snapshot)
  const speakers = speakersOf(collection, options.projectId)
  const question = readQuestion(search.text, { speakers, now })
  const setting = { snapshot, collection, projectId: options.projectId }
  const plan = await planText(question.query, setting)
  const kind = search.vector && context.embedder?.space.kind
  const weight = similarityWeight(kind, plan.unknownShare)
  const expected = countExpected(collection, options.projectId)
  const near = weight > 0 ? await findNear(context, search, { filter, expected }) : new Map()
  const sought = { ...plan, filter, nearest: [...near.keys()] }
  const matches = await gatherMatches(snapshot, sought, context.loadCandidates)
  const textScores = scoreInContext(matches, plan.weights)
  const best = bestRows(textScores)
  const others = weight > 0 ? without(best, near) : []
  const similarities = new Map([...near, ...(await compareTo(context, search, others))])
  const ranked = rank({
    question,
    weights: plan.weights,
    candidates: matches.map(({ candidate }) => candidate),
    textScores,
    similarities,
    kind,
    similarityWeight: weight,
    contents: await readForDates(snapshot, question, best),
  })
  return { ranked, textScores, similarities }
}

const findNear = async (
  { findNearest }: RankingContext,
  { snapshot, vector }: Search,
  choice: Omit<Choice, 'limit'>,
): Promise<Similarities> => {
  if (findNearest === undefined || vector === undefined) return new Map()
  return findNearest(snapshot, vector, { ...choice, limit: NEAREST })
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

const bestRows = (textScores: ReadonlyMap<number, number>): number[] =>
  [...textScores]
    .filter(([, score]) => score > 0)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, LOOKED_INTO)
    .map(([rowNumber]) => rowNumber)

/** How alike the question and documents are; nothing where text alone is searched. */
export const compareTo = async (
  { embedder }: RankingContext,
  { snapshot, vector }: Search,
  rowNumbers: readonly number[],
): Promise<Similarities> => {
  if (embedder === undefined || vector === undefined) return new Map()
  const query = { spaceId: embedder.space.id, vector }
  return compareListed(snapshot, query, { by: 'document', rowNumbers })
}

const readForDates = async (
  { query, tables: { documents } }: Database,
  { askedSpans }: Question,
  rowNumbers: readonly number[],
): Promise<Map<number, string>> => {
  if (askedSpans.length === 0 || rowNumbers.length === 0) return new Map()
  const rows = await query
    .select({ rowNumber: documents.rowNumber, content: documents.content })
    .from(documents)
    .where(inArray(documents.rowNumber, [...rowNumbers]))
  return new Map(rows.map(({ rowNumber, content }) => [rowNumber, content]))
}
