import type { Recall } from 'athena-memory'
import Table from 'cli-table3'

const WIDEST = 100
const SCORE_WIDTH = 9
const PLACE_WIDTH = 32
const LINES = 4

/** Prints what was recalled for a question: how well it fits, where it stands, what it says. */
export const printAnswers = (question: string, { results, notices }: Recall): void => {
  const width = Math.min(process.stdout.columns ?? WIDEST, WIDEST)
  const textWidth = Math.max(20, width - SCORE_WIDTH - PLACE_WIDTH - 4)
  const table = new Table({
    head: ['score', 'place', 'what it says'],
    colWidths: [SCORE_WIDTH, PLACE_WIDTH, textWidth],
    wordWrap: true,
    style: { head: [], border: [] },
  })
  for (const { hybridScore, groupId, content } of results) {
    const [headings = '', ...lines] = content.split('\n')
    const place = `${groupId ?? ''}\n${headings.split(' > ').at(-1)}`
    const excerpt = shorten(withoutTableRules(lines.join(' ')), (textWidth - 2) * LINES)
    table.push([hybridScore.toFixed(2), place, excerpt])
  }
  console.log(`\n${question}`)
  console.log(results.length > 0 ? table.toString() : 'Nothing relevant is remembered.')
  for (const notice of notices) console.log(notice)
}

const withoutTableRules = (markdown: string): string => markdown.replaceAll(/-{3,}|\|/g, ' ')

const shorten = (text: string, length: number): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > length ? `${line.slice(0, length - 1)}…` : line
}
