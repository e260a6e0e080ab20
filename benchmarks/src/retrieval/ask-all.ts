import { createSemanticStore, type SemanticStore } from '@athena-memory/stores-semantic'
import type { Athena } from 'athena-memory'
import { say } from '../say.ts'
import type { KeyedVector } from '../world/exact-nearest.ts'
import type { AnsweredQuestion } from './answered-question.ts'
import { type ArmName, createArms } from './arms.ts'
import type { Conversation, EvidenceQuestion } from './conversation-data.ts'
import type { DataVectors } from './data-vectors.ts'
import { rememberConversation } from './remember-conversation.ts'

/** An answer, which way it was found, and the place of its conversation in the file, from 0. */
export interface PlacedAnswer extends AnsweredQuestion {
  readonly arm: ArmName
  readonly place: number
}

/** How conversations are asked about. */
export interface AskOptions {
  /** Whether all of them are one project; otherwise each is one. */
  readonly oneProject: boolean
  readonly vectors: DataVectors | undefined
}

/** Conversations that lie in one project. */
interface Shelf {
  readonly project: string
  readonly placed: readonly (readonly [place: number, conversation: Conversation])[]
}

/** Remembers conversations project by project, and asks of each all questions about it. */
export const askAll = async (
  athena: Athena,
  conversations: readonly Conversation[],
  options: AskOptions,
): Promise<PlacedAnswer[]> => {
  const placed = [...conversations.entries()]
  const shelves: Shelf[] = options.oneProject
    ? [{ project: 'all conversations', placed }]
    : placed.map((entry) => ({ project: entry[1].name, placed: [entry] }))
  const answers: PlacedAnswer[] = []
  for (const shelf of shelves) answers.push(...(await askShelf(athena, shelf, options)))
  return answers
}

const askShelf = async (
  athena: Athena,
  { project, placed }: Shelf,
  { vectors }: AskOptions,
): Promise<PlacedAnswer[]> => {
  const id = await athena.projectId(project)
  const semantic = vectors ? storeAsGiven(athena) : athena.semantic
  const remembered = new Map<Conversation, string[]>()
  for (const [, conversation] of placed) {
    const { name, turns, questions } = conversation
    say(`${name}: ${turns.length} turns, ${questions.length} questions`)
    remembered.set(conversation, await rememberConversation(semantic, id, turns))
  }
  const keyed = vectors ? keyVectors(remembered, vectors) : []
  const arms = createArms(athena, { name: project, id, keyed }, vectors)
  const answers: PlacedAnswer[] = []
  for (const [place, conversation] of placed) {
    const ids = idsByName(conversation, remembered.get(conversation))
    for (const question of conversation.questions) {
      const about = { place, category: question.category, relevant: relevantTo(question, ids) }
      for (const [arm, ask] of arms) {
        const { ranked, notices } = await ask(question)
        notices.forEach(sayOnce)
        answers.push({ ...about, arm, ranked })
      }
    }
  }
  return answers
}

/** Texts with secrets cut out would no longer be those that the vectors were made of. */
const storeAsGiven = ({ database, documents }: Athena): SemanticStore =>
  createSemanticStore(database, { documents, secretPolicy: 'allow' })

const keyVectors = (
  remembered: ReadonlyMap<Conversation, readonly string[]>,
  { ofTurn }: DataVectors,
): KeyedVector<string>[] => {
  const byId = new Map<string, Float32Array>()
  for (const [{ turns }, ids] of remembered) {
    for (const [at, turn] of turns.entries()) {
      const [id, vector] = [ids[at], ofTurn.get(turn)]
      if (id !== undefined && vector !== undefined) byId.set(id, vector)
    }
  }
  return Array.from(byId, ([key, vector]) => ({ key, vector }))
}

const idsByName = ({ turns }: Conversation, ids: readonly string[] = []): Map<string, string> =>
  new Map(turns.map((turn, at) => [turn.dia_id, ids[at] ?? '']))

const relevantTo = (
  { id, evidence }: EvidenceQuestion,
  ids: ReadonlyMap<string, string>,
): Set<string> =>
  new Set(
    evidence.map((name) => {
      const memoryId = ids.get(name)
      if (memoryId === undefined) throw new Error(`evidence of ${id}: ${name} is no turn`)
      return memoryId
    }),
  )

const said = new Set<string>()

const sayOnce = (notice: string): void => {
  if (!said.has(notice)) say(notice)
  said.add(notice)
}
