import { estimateTokens } from '../token-count.ts'
import type { OpenTask } from './open-task.ts'
import { fitLine, fitNewest, type Turn } from './turn-lines.ts'

/** What a brief is made of; what is absent has no section. */
export interface BriefParts<Item extends Turn> {
  /** One line that says which session it was. */
  readonly heading?: string | undefined
  /** The most urgent first. */
  readonly tasks: readonly OpenTask[]
  readonly summary?: string | undefined
  /** In their order. */
  readonly turns: readonly Item[]
}

/** The budget of a brief, and which part of it tasks and summary may take; the turns get the rest. */
export interface BriefBudget {
  readonly maxTokens: number
  /** Default .3. */
  readonly taskShare?: number | undefined
  /** Default .3. */
  readonly summaryShare?: number | undefined
}

/** A brief, and what of its parts is in it. */
export interface ComposedBrief<Item extends Turn> {
  readonly text: string
  readonly tokens: number
  readonly tasks: OpenTask[]
  readonly turns: Item[]
}

const TASK_SHARE = 0.3
const SUMMARY_SHARE = 0.3

/**
 * Writes a brief whose estimated tokens never exceed the budget. Sections in their order: which
 * session, open tasks, summary, last turns. What a section leaves over goes to the turns, of which the
 * last ones stay.
 */
export const composeBrief = <Item extends Turn>(
  { heading, tasks, summary, turns }: BriefParts<Item>,
  budget: BriefBudget,
): ComposedBrief<Item> => {
  const { maxTokens, taskShare = TASK_SHARE, summaryShare = SUMMARY_SHARE } = budget
  const lines = heading === undefined ? [] : presentLines([fitLine(heading, maxTokens)])
  const room = () => maxTokens - tokensOf(lines)

  const taskLines = fitFirst('## Open tasks', tasks, Math.min(room(), maxTokens * taskShare))
  lines.push(...taskLines)
  if (summary !== undefined) {
    const title = '## Summary'
    const left = Math.min(room(), maxTokens * summaryShare) - tokensOf([title])
    const line = fitLine(summary, left)
    if (line !== '') lines.push(title, line)
  }
  const title = '## Last turns'
  const fitting = fitNewest(turns, room() - tokensOf([title]))
  if (fitting.length > 0) lines.push(title, ...fitting.map(({ line }) => line))
  const text = lines.join('\n')
  return {
    text,
    tokens: estimateTokens(text),
    tasks: tasks.slice(0, Math.max(0, taskLines.length - 1)),
    turns: fitting.map(({ turn }) => turn),
  }
}

/** A title and as many of the first tasks as fit; nothing where none does. */
const fitFirst = (title: string, tasks: readonly OpenTask[], maxTokens: number): string[] => {
  const lines = [title]
  for (const task of tasks) {
    const line = describeTask(task)
    if (tokensOf([...lines, line]) > maxTokens) break
    lines.push(line)
  }
  return lines.length > 1 ? lines : []
}

const describeTask = ({ title, status, priority, dueAt }: OpenTask): string => {
  const due = dueAt && `due ${dueAt.toISOString().slice(0, 10)}`
  const notes = [priority, status, due].filter((note) => note !== undefined)
  return notes.length > 0 ? `- ${title} (${notes.join(', ')})` : `- ${title}`
}

const presentLines = (lines: readonly string[]): string[] => lines.filter((line) => line !== '')

/** Counted line by line, which is never less than the whole. */
const tokensOf = (lines: readonly string[]): number =>
  lines.reduce((sum, line) => sum + estimateTokens(`${line}\n`), 0)
