import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'

/** A local time without a zone; it is read as UTC. */
const localTime = z
  .string()
  .transform((text) => new Date(`${text}Z`))
  .refine((time) => !Number.isNaN(time.getTime()), 'must look like 2024-03-15T09:30')

const turn = z.object({
  conversation: z.string(),
  session: z.union([z.string(), z.number()]),
  dia_id: z.string(),
  speaker: z.string(),
  datetime: localTime,
  text: z.string(),
  caption: z.string().optional(),
})

const question = z.object({
  id: z.string(),
  conversation: z.string(),
  question: z.string(),
  category: z.string(),
  evidence: z.array(z.string()),
})

/** What somebody said in a conversation, where `dia_id` names it; `caption` describes a picture. */
export type Turn = z.output<typeof turn>

/** A question about a conversation, and the turns that hold the answer. */
export type EvidenceQuestion = z.output<typeof question>

/** A conversation and the questions about it, both in the order of the files. */
export interface Conversation {
  readonly name: string
  readonly turns: Turn[]
  readonly questions: EvidenceQuestion[]
}

/** What both files hold, line by line. */
export interface ConversationData {
  readonly turns: readonly Turn[]
  readonly questions: readonly EvidenceQuestion[]
}

/**
 * Reads `memories.jsonl` and `questions.jsonl` of a folder.
 *
 * @throws Error that names the file, the line and the field, but not what it holds
 */
export const readData = async (folder: string): Promise<ConversationData> => ({
  turns: await readLines(join(folder, 'memories.jsonl'), turn),
  questions: await readLines(join(folder, 'questions.jsonl'), question),
})

/**
 * Puts turns and questions together, conversation by conversation, in the order of the files.
 *
 * @throws Error for a question about a conversation without turns
 */
export const toConversations = ({ turns, questions }: ConversationData): Conversation[] => {
  const conversations = new Map<string, Conversation>()
  for (const spoken of turns) {
    const name = spoken.conversation
    const known = conversations.get(name) ?? { name, turns: [], questions: [] }
    known.turns.push(spoken)
    conversations.set(name, known)
  }
  for (const asked of questions) {
    const about = conversations.get(asked.conversation)
    if (!about)
      throw new Error(`questions.jsonl: ${asked.id} is about a conversation without turns`)
    about.questions.push(asked)
  }
  return [...conversations.values()]
}

const readLines = async <Line>(path: string, schema: z.ZodType<Line>): Promise<Line[]> => {
  const lines: Line[] = []
  let number = 0
  for await (const text of createInterface({ input: createReadStream(path) })) {
    number++
    if (text.trim() !== '') lines.push(parseLine(text, schema, `${path}, line ${number}`))
  }
  return lines
}

const parseLine = <Line>(text: string, schema: z.ZodType<Line>, place: string): Line => {
  const read = schema.safeParse(parseJson(text, place))
  if (read.success) return read.data
  const fields = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new Error(`${place}: ${fields.join('; ')}`)
}

const parseJson = (text: string, place: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message holds a part of the text.
    throw new Error(`${place}: must be one JSON object`)
  }
}
