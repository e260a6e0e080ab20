import type { Athena } from 'athena-memory'
import type { EvidenceQuestion } from './conversation-data.ts'

/** Results that are asked for, and the depth of everything that is measured. */
export const DEPTH = 20

/** What came of a question. Ids are those of memories. */
export interface AnsweredQuestion {
  readonly category: string
  /** Results, best first. */
  readonly ranked: readonly string[]
  /** Those that hold the answer. */
  readonly relevant: ReadonlySet<string>
  /** What could not be done, such as search by meaning while the model is down. */
  readonly notices: readonly string[]
}

/**
 * Asks a question within its conversation.
 *
 * @param memoryIds by `dia_id`
 * @throws Error where the evidence is no turn of the conversation
 */
export const askQuestion = async (
  athena: Athena,
  { id, conversation, question, category, evidence }: EvidenceQuestion,
  memoryIds: ReadonlyMap<string, string>,
): Promise<AnsweredQuestion> => {
  const { results, notices } = await athena.recall(question, {
    project: conversation,
    limit: DEPTH,
  })
  const relevant = evidence.map((name) => {
    const memoryId = memoryIds.get(name)
    if (memoryId === undefined) throw new Error(`evidence of ${id}: ${name} is no turn`)
    return memoryId
  })
  const ranked = results.map((result) => result.id)
  return { category, ranked, relevant: new Set(relevant), notices }
}
