import { stableId } from '../stable-id.ts'
import { cutText, toText } from './json-fields.ts'
import { type PlacedLine, SUMMARY_LENGTH } from './line-messages.ts'
import type { ToolCall, ToolOutcome, TranscriptMessage } from './transcript.ts'

/** A line with the messages that it gave. */
export interface ReadLine {
  readonly line: PlacedLine
  readonly messages: readonly TranscriptMessage[]
}

interface Answer {
  readonly outcome: ToolOutcome
  readonly text: string
  readonly at: Date | undefined
}

/** The calls of tools in a transcript, each with its answer where one came, in their order. */
export const findToolCalls = (lines: readonly ReadLine[]): ToolCall[] => {
  const answers = findAnswers(lines)
  return lines.flatMap(({ line, messages }) => {
    const messageKey = messages[0]?.key
    if (messageKey === undefined) return []
    return line.parts.calls.map((call, index): ToolCall => {
      const name = nameOf(line.session, call.callId)
      const answer = name === undefined ? undefined : answers.get(name)
      return {
        id: stableId('tool call', messageKey, String(index)),
        name: call.name,
        argumentsSummary: cutText(toText(call.arguments), SUMMARY_LENGTH),
        session: line.session,
        messageKey,
        line: line.line,
        calledAt: line.saidAt,
        durationMs: durationOf(line.saidAt, answer?.at),
        outcome: answer?.outcome ?? 'unknown',
        resultSummary: answer && cutText(answer.text, SUMMARY_LENGTH),
        cwd: line.cwd,
        branch: line.branch,
      }
    })
  })
}

/** By session and id of the call; of several answers the last one counts. */
const findAnswers = (lines: readonly ReadLine[]): Map<string, Answer> => {
  const answers = new Map<string, Answer>()
  for (const { line } of lines) {
    for (const { callId, text, isFailure } of line.parts.results) {
      const name = nameOf(line.session, callId)
      const outcome = isFailure ? 'failure' : 'success'
      if (name !== undefined) answers.set(name, { outcome, text, at: line.saidAt })
    }
  }
  return answers
}

const nameOf = (session: string, callId: string | undefined): string | undefined =>
  callId === undefined ? undefined : JSON.stringify([session, callId])

const durationOf = (from: Date | undefined, to: Date | undefined): number | undefined => {
  if (from === undefined || to === undefined || to < from) return undefined
  return to.getTime() - from.getTime()
}
