import { StorageError } from '@athena-memory/db-core'
import {
  type ConversationStore,
  createConversationStore,
  type OpenTaskReader,
} from '@athena-memory/stores-conversation'
import type { EpisodicStore } from '@athena-memory/stores-episodic'
import type { WorkingStore } from '@athena-memory/stores-working'
import type { Ground } from './ground.ts'
import { recordingConversations } from './recorded-tool-calls.ts'

/** The stores that conversations are composed with. */
export interface Companions {
  readonly working: WorkingStore
  readonly episodic: EpisodicStore
}

/** Conversations whose briefs name the goals in mind, and whose calls of tools become episodes. */
export const openConversation = (
  { database, documents, localFiles }: Ground,
  { working, episodic }: Companions,
): ConversationStore => {
  const conversation = createConversationStore(database, {
    documents,
    readOpenTasks: openGoals(working),
    ...(localFiles ? {} : { readTranscript: refuseFile }),
  })
  return recordingConversations({ database, conversation, episodic })
}

/** A goal in mind is what a brief shows as an open task. */
const openGoals =
  (working: WorkingStore): OpenTaskReader =>
  async (projectId, limit) => {
    const { goals } = await working.listGoals({ projectId, limit })
    return goals.map(({ id, content, status, priority, dueAt }) => ({
      id,
      title: content,
      status,
      priority: String(priority),
      dueAt,
    }))
  }

const refuseFile = async (): Promise<never> => {
  const detail = 'path: this memory reads no files for its callers; send the text'
  throw new StorageError('invalid', { detail })
}
