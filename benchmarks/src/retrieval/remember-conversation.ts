import type { SemanticStore } from '@athena-memory/stores-semantic'
import type { Turn } from './conversation-data.ts'

/** Memories of one call. */
const BATCH_SIZE = 500

/** Speakers that are roles and no names. */
const ROLES: ReadonlySet<string> = new Set(['user', 'assistant', 'system', 'tool'])

/**
 * Remembers the turns of a conversation, each with its speaker, session, place and time.
 *
 * @returns the ids of the memories, in the order of the turns; turns of the same words are one memory
 */
export const rememberConversation = async (
  semantic: SemanticStore,
  projectId: string,
  turns: readonly Turn[],
): Promise<string[]> => {
  const positions = positionsIn(turns)
  const memories = turns.map((turn, index) => ({
    projectId,
    content: contentOf(turn),
    ...speakerOf(turn),
    groupId: groupOf(turn),
    position: positions[index],
    occurredAt: turn.datetime,
  }))
  const ids: string[] = []
  for (let from = 0; from < memories.length; from += BATCH_SIZE) {
    const { results } = await semantic.rememberMany(memories.slice(from, from + BATCH_SIZE))
    ids.push(...results.map(({ memory }) => memory.id))
  }
  return ids
}

/** The text that is remembered of a turn: the caption of a picture is part of it. */
export const contentOf = ({ text, caption }: Turn): string =>
  caption ? `${text}\n${caption}` : text

const speakerOf = ({ speaker }: Turn) =>
  ROLES.has(speaker) ? { speaker, role: speaker } : { speaker }

const groupOf = ({ conversation, session }: Turn): string => `${conversation} session ${session}`

/** The place of each turn in its session, from 0. */
const positionsIn = (turns: readonly Turn[]): number[] => {
  const counts = new Map<string, number>()
  return turns.map((turn) => {
    const position = counts.get(groupOf(turn)) ?? 0
    counts.set(groupOf(turn), position + 1)
    return position
  })
}
