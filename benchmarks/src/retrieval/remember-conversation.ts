import type { Athena } from 'athena-memory'
import type { Conversation, Turn } from './conversation-data.ts'

/** Memories of one call. */
const BATCH_SIZE = 500

/** Speakers that are roles and no names. */
const ROLES: ReadonlySet<string> = new Set(['user', 'assistant', 'system', 'tool'])

/**
 * Remembers every turn of a conversation in a project of its name.
 *
 * @returns the ids of the memories by `dia_id`; turns of the same words are one memory
 */
export const rememberConversation = async (
  athena: Athena,
  { name, turns }: Conversation,
): Promise<Map<string, string>> => {
  const projectId = await athena.projectId(name)
  const positions = positionsIn(turns)
  const memories = turns.map((turn, index) => ({
    projectId,
    content: contentOf(turn),
    ...speakerOf(turn),
    groupId: groupOf(turn),
    position: positions[index],
    occurredAt: turn.datetime,
  }))
  const ids = new Map<string, string>()
  for (let from = 0; from < memories.length; from += BATCH_SIZE) {
    const batch = memories.slice(from, from + BATCH_SIZE)
    const { results } = await athena.semantic.rememberMany(batch)
    results.forEach(({ memory }, index) => {
      const turn = turns[from + index]
      if (turn) ids.set(turn.dia_id, memory.id)
    })
  }
  return ids
}

const contentOf = ({ text, caption }: Turn): string => (caption ? `${text}\n${caption}` : text)

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
