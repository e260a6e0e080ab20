import type { Shortcut } from './shortcut.ts'

/** `athena recall QUERY`: a list, best first, that says why each was found. */
export const recall: Shortcut = {
  name: 'recall',
  summary: 'find what is remembered about a question',
  operation: 'memory.recall',
  operand: { argument: 'query', name: 'query', meaning: 'a question, or words to look for' },
  flags: { layers: '--layer', kinds: '--kind', tags: '--tag' },
  examples: [
    "athena recall 'When do we deploy?'",
    "athena recall 'release process' --limit 3 --as-of 2026-01-31T00:00:00Z --json",
    "athena recall 'Who likes tea?' --explain",
  ],
  displayFlags: { explain: 'show how every score is made; --json holds all of it anyway' },
  async toOutcome(value, displayed) {
    const { renderRecall } = await import('../terminal/render-recall.ts')
    const isExplained = displayed.has('explain')
    return { value, text: (terminal) => renderRecall(terminal, value, { isExplained }) }
  },
}
