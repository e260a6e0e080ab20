import type { EmbeddingSpace } from '@athena-memory/models'
import { type Athena, openAthena } from 'athena-memory'
import { type BenchConfig, databaseName } from '../databases/bench-config.ts'
import { openBenchDatabase } from '../databases/open-bench-database.ts'
import {
  type OpenTarget,
  temporaryLibsql,
  temporaryPglite,
  tenantOf,
} from '../databases/targets.ts'
import { DEPTH } from './answered-question.ts'
import { askAll } from './ask-all.ts'
import { checkHybrid } from './check-hybrid.ts'
import { readData, toConversations } from './conversation-data.ts'
import { type DataVectors, readDataVectors } from './data-vectors.ts'
import { reportAnswers } from './report-answers.ts'
import { reportText } from './report-text.ts'

/** What to ask, where, and how to print what came of it. */
export interface RetrievalOptions {
  /** A folder with `memories.jsonl` and `questions.jsonl`. */
  readonly data: string
  /** A temporary libSQL file unless given. */
  readonly database?: string | undefined
  /** A temporary PGlite instead. */
  readonly pglite?: boolean | undefined
  /** Whether all conversations are remembered in one project; otherwise each in its own. */
  readonly oneProject?: boolean | undefined
  /** Whether each half of the conversations is reported too. */
  readonly split?: boolean | undefined
  /** Uses the vectors of `embeddings.f32` in the folder, of this kind. */
  readonly embeddings?: EmbeddingSpace['kind'] | undefined
  readonly json?: boolean | undefined
}

/**
 * Remembers conversations, asks their questions, and prints how good the answers are.
 *
 * @throws Error after printing, where the hybrid search is worse than one of its parts alone
 */
export const runRetrieval = async (options: RetrievalOptions): Promise<void> => {
  const { data: folder, embeddings, oneProject = false, split = false } = options
  const data = await readData(folder)
  const conversations = toConversations(data)
  const vectors = embeddings && (await readDataVectors(folder, data, embeddings))
  const { config, dispose } = await chooseTarget(options)()
  try {
    const database = await openBenchDatabase(config)
    const athena = await openAthena({ database, embedder: vectors?.embedder })
    const answers = await askAll(athena, conversations, { oneProject, vectors })
    const run = { ...(await describe(athena, config.type, vectors)), oneProject }
    await athena.close()
    const report = { ...reportAnswers(answers, { split }), config: run }
    console.log(options.json ? JSON.stringify(report) : reportText(report))
    checkHybrid(report)
  } finally {
    await dispose()
  }
}

const chooseTarget = ({ database, pglite }: RetrievalOptions): OpenTarget => {
  if (database !== undefined) return tenantOf(database)
  return pglite ? temporaryPglite : temporaryLibsql
}

/** What the figures depend on. */
const describe = async (
  { documents }: Athena,
  type: BenchConfig['type'],
  vectors: DataVectors | undefined,
) => {
  const { documents: memories, embedded, pending, space } = await documents.status()
  if (vectors && pending > 0) throw new Error(`${pending} memories got no vector`)
  const embedder = space && { model: space.model, dimensions: space.dimensions, kind: space.kind }
  return { database: databaseName(type), memories, embedded, embedder, depth: DEPTH }
}
