import { cutToTokens, estimateTokens } from '../token-count.ts'

/** What a line of a brief shows of a message. */
export interface Turn {
  readonly role: string
  readonly speaker?: string | null | undefined
  readonly content: string
}

const CUT_MARK = ' …'

/** A message as a line: who said it, and what. */
const toLine = ({ role, speaker, content }: Turn): string => `${speaker ?? role}: ${content}`

/**
 * As many of the last messages as fit, in their order, each as a text that begins with its speaker.
 * Where not even the last one fits, its beginning. Lines of a budget of tokens, joined by line breaks,
 * are within it.
 */
export const fitNewest = <Item extends Turn>(
  turns: readonly Item[],
  maxTokens: number,
): { line: string; turn: Item }[] => {
  const fitting: { line: string; turn: Item }[] = []
  let left = maxTokens
  for (const turn of turns.toReversed()) {
    const line = fitting.length === 0 ? fitLine(toLine(turn), left) : toLine(turn)
    const tokens = estimateTokens(`${line}\n`)
    if (line === '' || tokens > left) break
    left -= tokens
    fitting.push({ line, turn })
  }
  return fitting.toReversed()
}

/** A line within a budget with its line break: whole, or its beginning with a mark; else nothing. */
export const fitLine = (line: string, maxTokens: number): string => {
  if (estimateTokens(`${line}\n`) <= maxTokens) return line
  const room = maxTokens - estimateTokens(`${CUT_MARK}\n`)
  const beginning = room > 0 ? cutToTokens(line, room) : ''
  return beginning === '' ? '' : `${beginning}${CUT_MARK}`
}
