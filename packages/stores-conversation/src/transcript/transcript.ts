/** How a call of a tool came out; `unknown` where the transcript does not tell. */
export const TOOL_OUTCOMES = ['success', 'failure', 'unknown'] as const
export type ToolOutcome = (typeof TOOL_OUTCOMES)[number]

/** A message of a transcript. */
export interface TranscriptMessage {
  /** Tells it from all others of its session and thread, alike each time the transcript is read. */
  readonly key: string
  /** The line it stands in, from 1. */
  readonly line: number
  /** What the host calls the session. */
  readonly session: string
  /** What the host calls the thread; empty for the main one. */
  readonly thread: string
  /** Whether it belongs to a helper's side conversation. */
  readonly isSidechain: boolean
  readonly role: string
  readonly speaker?: string | undefined
  readonly content: string
  readonly model?: string | undefined
  readonly tokens?: number | undefined
  /** Its own time, else that of the message before; absent where no message before has one. */
  readonly saidAt?: Date | undefined
  readonly metadata: Readonly<Record<string, unknown>>
}

/** A call of a tool. */
export interface ToolCall {
  /** Alike each time the transcript is read. */
  readonly id: string
  readonly name: string
  /** The beginning of the arguments, as JSON or as the host wrote them. */
  readonly argumentsSummary: string
  readonly session: string
  /** The `key` of the message that made it. */
  readonly messageKey: string
  readonly line: number
  readonly calledAt?: Date | undefined
  readonly durationMs?: number | undefined
  readonly outcome: ToolOutcome
  /** The beginning of what it answered; absent where no answer is there. */
  readonly resultSummary?: string | undefined
  /** Where it ran, as far as the host says. */
  readonly cwd?: string | undefined
  readonly branch?: string | undefined
}

/** A line that could not be read as it is. */
export interface LineProblem {
  /** From 1. */
  readonly line: number
  readonly problem: string
  /** Whether nothing was taken from the line. */
  readonly isSkipped: boolean
}

/** What a transcript holds, in its order. */
export interface Transcript {
  readonly messages: readonly TranscriptMessage[]
  readonly toolCalls: readonly ToolCall[]
  readonly problems: readonly LineProblem[]
}
