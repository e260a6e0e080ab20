import type { Database } from '@athena-memory/db-core'
import type { ConversationStore, IngestedToolCall } from '@athena-memory/stores-conversation'
import type { EpisodicStore, NewEpisode } from '@athena-memory/stores-episodic'
import { inArray } from 'drizzle-orm'

/** The stores that a transcript goes to. */
export interface TranscriptStores {
  readonly database: Database
  readonly conversation: ConversationStore
  readonly episodic: EpisodicStore
}

/** Conversations whose transcripts leave an episode for every call of a tool, however often taken in. */
export const recordingConversations = (stores: TranscriptStores): ConversationStore => ({
  ...stores.conversation,
  async ingestJsonl(options) {
    const report = await stores.conversation.ingestJsonl(options)
    const { projectId } = options
    const episodes = await toEpisodes(stores.database, report.toolCalls, projectId)
    if (episodes.length === 0) return report
    // All of them: a run that was interrupted here is made up for by the next.
    const { results, duplicates, notices } = await stores.episodic.recordMany(episodes)
    const recorded = `${results.length - duplicates} tool calls were recorded as episodes.`
    return { ...report, notices: [...new Set([...report.notices, ...notices, recorded])] }
  },
})

/** Messages that one statement asks for. */
const CHUNK = 500

const toEpisodes = async (
  db: Database,
  calls: readonly IngestedToolCall[],
  projectId: string,
): Promise<NewEpisode[]> => {
  const times = await readTimes(
    db,
    calls.map(({ messageId }) => messageId),
  )
  return calls.map((call) => ({
    projectId,
    eventType: 'tool_call',
    content: `${call.name}: ${call.argumentsSummary}`,
    // The time of its message stays the same however often the transcript is read.
    occurredAt: call.calledAt ?? times.get(call.messageId),
    sessionId: call.session,
    outcome: call.outcome === 'unknown' ? undefined : call.outcome,
    learned: call.outcome === 'failure' ? call.resultSummary : undefined,
    durationMs: call.durationMs,
    cwd: call.cwd,
    branch: call.branch,
    source: `transcript ${call.id}`,
  }))
}

const readTimes = async (db: Database, ids: readonly string[]): Promise<Map<string, Date>> => {
  const { messages } = db.tables
  const times = new Map<string, Date>()
  for (let start = 0; start < ids.length; start += CHUNK) {
    const rows = await db.query
      .select({ id: messages.id, saidAt: messages.saidAt })
      .from(messages)
      .where(inArray(messages.id, ids.slice(start, start + CHUNK)))
    for (const { id, saidAt } of rows) times.set(id, saidAt)
  }
  return times
}
