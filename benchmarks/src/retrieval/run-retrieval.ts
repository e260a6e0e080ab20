import { type Athena, openAthena } from 'athena-memory'
import { type BenchConfig, databaseName } from '../databases/bench-config.ts'
import { temporaryLibsql, tenantOf } from '../databases/targets.ts'
import { say } from '../say.ts'
import { type AnsweredQuestion, askQuestion, DEPTH } from './ask-question.ts'
import { type Conversation, readConversations } from './conversation-data.ts'
import { qualityTable } from './quality-table.ts'
import { reportQuality } from './quality.ts'
import { rememberConversation } from './remember-conversation.ts'

/** What to ask, where, and how to print what came of it. */
export interface RetrievalOptions {
  /** A folder with `memories.jsonl` and `questions.jsonl`. */
  readonly data: string
  /** A temporary libSQL file unless given. */
  readonly database?: string | undefined
  readonly json?: boolean | undefined
}

/** Remembers conversations, asks their questions, and prints how good the answers are. */
export const runRetrieval = async ({ data, database, json }: RetrievalOptions): Promise<void> => {
  const conversations = await readConversations(data)
  const { config, dispose } = await (database ? tenantOf(database) : temporaryLibsql)()
  try {
    const athena = await openAthena({ database: config })
    const answered = await askAll(athena, conversations)
    const report = { ...reportQuality(answered), config: await describe(athena, config.type) }
    await athena.close()
    console.log(json ? JSON.stringify(report) : qualityTable(report))
    if (!json) console.log(JSON.stringify(report.config))
  } finally {
    await dispose()
  }
}

const askAll = async (
  athena: Athena,
  conversations: readonly Conversation[],
): Promise<AnsweredQuestion[]> => {
  const answered: AnsweredQuestion[] = []
  for (const conversation of conversations) {
    const { name, turns, questions } = conversation
    say(`${name}: ${turns.length} turns, ${questions.length} questions`)
    const ids = await rememberConversation(athena, conversation)
    for (const question of questions) answered.push(await askQuestion(athena, question, ids))
  }
  const notices = new Set(answered.flatMap((question) => question.notices))
  for (const notice of notices) say(notice)
  return answered
}

/** What the figures depend on. */
const describe = async ({ documents }: Athena, type: BenchConfig['type']) => {
  const { documents: memories, embedded, space } = await documents.status()
  const embedder = space && { model: space.model, dimensions: space.dimensions, kind: space.kind }
  return { database: databaseName(type), memories, embedded, embedder, depth: DEPTH }
}
