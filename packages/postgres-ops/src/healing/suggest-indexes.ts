import { z } from 'zod'
import { quoteName, type Catalogue } from '../health/catalogue.ts'
import { OpsError } from '../ops-error.ts'
import { writeIndex, type IndexCandidate } from './index-candidate.ts'
import { DEFAULT_INDEX_LIMITS, type IndexLimits } from './index-limits.ts'
import {
  clearHypothetical,
  createBuildTrial,
  createHypotheticalTrial,
  hasHypopg,
  type IndexTrial,
} from './index-trial.ts'
import { judgeIndexes, type JudgedIndex } from './judge-indexes.ts'
import { proposeCandidates } from './propose-candidates.ts'
import { readQuery } from './read-query.ts'
import { readTables, type QueryTable } from './read-tables.ts'
import { readTopStatements } from './read-top-statements.ts'

/** An index that makes a query cheaper, and how that is known. */
export const suggestion = z.object({
  query: z.string().describe('the query it is for'),
  schema: z.string().describe('of the table and the index'),
  table: z.string(),
  name: z.string().describe('of the index'),
  keys: z.array(z.string()),
  statement: z.string().describe('makes it without holding writers up'),
  undo: z.string().describe('removes it again'),
  costBefore: z.number().describe("what the query costs now, in the planner's units"),
  costAfter: z.number().describe('what it costs with the index'),
  bytes: z.number().describe('size of the index'),
  proof: z.enum(['hypopg', 'rolled-back-build']).describe('how the planner was shown the index'),
})
export type Suggestion = z.output<typeof suggestion>

/** What came of looking for indexes. */
export const suggestions = z.object({
  suggestions: z.array(suggestion).describe('what saves most first'),
  examined: z.number().int().nonnegative().describe('how many queries were looked at'),
  undecided: z.array(z.string()).describe('why some queries or tables could not be judged'),
})
export type Suggestions = z.output<typeof suggestions>

/**
 * Looks for indexes that would make a query, or else the costliest statements of the server, cheaper.
 * An index is suggested only when the planner, shown it, uses it and saves enough. Changes nothing; but
 * where hypopg is missing, indexes are built and rolled back, and writers of the table wait meanwhile.
 *
 * @throws OpsError `refused` when the query is not one select, update or delete
 */
export const suggestIndexes = async (
  catalogue: Catalogue,
  sql?: string,
  limits: IndexLimits = DEFAULT_INDEX_LIMITS,
): Promise<Suggestions> => {
  if (sql !== undefined) return toResult([await suggestFor(catalogue, sql, limits)])
  const results: Outcome[] = []
  for (const statement of await readTopStatements(catalogue, limits.statements)) {
    results.push(await attempt(() => suggestFor(catalogue, statement, limits)))
  }
  return toResult(results)
}

interface Outcome {
  readonly found: readonly Suggestion[]
  readonly undecided: readonly string[]
}

const suggestFor = async (
  catalogue: Catalogue,
  sql: string,
  limits: IndexLimits,
): Promise<Outcome> => {
  const shape = await readQuery(sql)
  const all = await readTables(catalogue, shape)
  const tables = all.filter(({ isPartitioned }) => !isPartitioned)
  const hypothetical = (await hasHypopg(catalogue)) ? [createHypotheticalTrial(catalogue)] : []
  const build = createBuildTrial(catalogue)
  const mayBuild = tables.filter((table) => whyNot(table, limits) === undefined)
  const trialsFor = ({ schema, table }: IndexCandidate): IndexTrial[] =>
    mayBuild.some((each) => each.schema === schema && each.name === table)
      ? [...hypothetical, build]
      : hypothetical
  const judged = await judgeIndexes(catalogue, {
    query: { sql, parameters: shape.parameters },
    candidates: proposeCandidates(shape, tables).filter((each) => trialsFor(each).length > 0),
    trialsFor,
    limits,
    isTaken: (name) => tables.some(({ indexNames }) => indexNames.includes(name)),
  }).finally(() => (hypothetical.length > 0 ? clearHypothetical(catalogue) : undefined))
  return {
    found: judged.map((index) => toSuggestion(sql, index)),
    undecided: hypothetical.length > 0 ? [] : all.flatMap((table) => whyNot(table, limits) ?? []),
  }
}

/** Why indexes may not be built on a table just to judge them. */
const whyNot = (
  { schema, name, isOwn, isPartitioned, bytes }: QueryTable,
  { buildBytes }: IndexLimits,
): string | undefined => {
  const table = quoteName(schema, name)
  if (isPartitioned) return `${table}: it is partitioned; ask about one of its partitions`
  if (!isOwn) return `${table}: install hypopg, or connect as its owner, to judge indexes on it`
  if (bytes <= buildBytes) return undefined
  return `${table}: too large to build indexes on just to judge them; install hypopg`
}

// Of statements that were not asked for by name, those that cannot be judged must not hide the others.
const attempt = async (work: () => Promise<Outcome>): Promise<Outcome> => {
  try {
    return await work()
  } catch (thrown) {
    if (!(thrown instanceof OpsError) || thrown.code === 'unavailable') throw thrown
    return { found: [], undecided: [`a statement could not be judged: ${thrown.message}`] }
  }
}

const toSuggestion = (
  query: string,
  { candidate, name, bytes, costBefore, costAfter, proof }: JudgedIndex,
): Suggestion => ({
  query,
  schema: candidate.schema,
  table: quoteName(candidate.schema, candidate.table),
  name,
  keys: [...candidate.keys],
  statement: writeIndex(candidate, name, { concurrently: true }),
  undo: `drop index concurrently ${quoteName(candidate.schema, name)}`,
  costBefore,
  costAfter,
  bytes,
  proof,
})

/** An index that several statements want is suggested once, for the one that gains most. */
const toResult = (outcomes: readonly Outcome[]): Suggestions => {
  const found = outcomes.flatMap((outcome) => outcome.found)
  const byGain = found.toSorted((one, other) => gain(other) - gain(one))
  const once = new Map(byGain.toReversed().map((item) => [item.statement, item]))
  return {
    suggestions: byGain.filter((item) => once.get(item.statement) === item),
    examined: outcomes.length,
    undecided: [...new Set(outcomes.flatMap((outcome) => outcome.undecided))],
  }
}

const gain = ({ costBefore, costAfter }: Suggestion): number => costBefore - costAfter
