import { isBlank } from '../check-text.ts'
import { stableId } from '../stable-id.ts'
import type { ContentParts } from './content-parts.ts'
import { cutText, toText } from './json-fields.ts'
import type { TranscriptLine } from './read-line.ts'
import type { TranscriptMessage } from './transcript.ts'

/** Characters of arguments and results that are shown; the whole is in the message's metadata. */
export const SUMMARY_LENGTH = 500

/** A line whose session and time are known. */
export interface PlacedLine extends Omit<TranscriptLine, 'saidAt' | 'session'> {
  readonly session: string
  readonly saidAt: Date | undefined
}

type Draft = Pick<TranscriptMessage, 'role' | 'content' | 'metadata'>

/** How often something was seen before, by what it is. */
export type Counter = Map<string, number>

/**
 * The messages of a line: what was said, with the calls it makes, then each answer of a tool. None
 * where the line holds nothing that somebody or something said.
 */
export const toMessages = (line: PlacedLine, seen: Counter): TranscriptMessage[] => {
  const { role, parts } = line
  if (role === undefined) return []
  const drafts = [...spoken(role, parts), ...parts.results.map(answered)]
  return drafts
    .filter(({ content }) => !isBlank(content))
    .map((draft) => ({
      ...draft,
      key: keyOf(line, draft, seen),
      line: line.line,
      session: line.session,
      thread: line.thread,
      isSidechain: line.isSidechain,
      speaker: line.speaker,
      model: line.model,
      tokens: drafts.length === 1 ? line.tokens : undefined,
      saidAt: line.saidAt,
    }))
}

const spoken = (role: string, { texts, thoughts, calls }: ContentParts): Draft[] => {
  const candidates = [texts, calls.map(describeCall), thoughts].map((each) => each.join('\n\n'))
  const content = candidates.find((candidate) => !isBlank(candidate))
  if (content === undefined) return []
  const metadata = {
    ...(calls.length > 0 && { toolCalls: calls }),
    ...(thoughts.length > 0 && content !== candidates[2] && { thoughts }),
  }
  return [{ role, content, metadata }]
}

const describeCall = ({ name, arguments: given }: ContentParts['calls'][number]): string =>
  `[${name}] ${cutText(toText(given), SUMMARY_LENGTH)}`

const answered = ({ callId, text, isFailure }: ContentParts['results'][number]): Draft => ({
  role: 'tool',
  content: isBlank(text) ? '(no output)' : text,
  metadata: {
    ...(callId !== undefined && { toolCallId: callId }),
    ...(isFailure && { isFailure }),
  },
})

/**
 * Hosts repeat ids across parts and rewrites of one message, and some write none: with the id it is
 * the content that tells messages apart, and without one the count of those that are quite alike.
 */
const keyOf = (line: PlacedLine, { role, content, metadata }: Draft, seen: Counter): string => {
  const time = line.saidAt?.toISOString() ?? ''
  const said = [line.session, line.thread, line.id ?? '', time, role, content, toText(metadata)]
  if (line.id !== undefined) return stableId(...said)
  const alike = stableId(...said)
  const before = seen.get(alike) ?? 0
  seen.set(alike, before + 1)
  return before === 0 ? alike : stableId(alike, String(before))
}
