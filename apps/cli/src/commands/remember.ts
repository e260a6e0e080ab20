import { readContent } from '../read-content.ts'
import type { Shortcut } from './shortcut.ts'

/** `athena remember TEXT`, or `-` for standard input. */
export const remember: Shortcut = {
  name: 'remember',
  summary: 'keep a fact, decision, pattern or preference',
  operation: 'semantic.remember',
  operand: {
    argument: 'content',
    name: 'text',
    meaning: 'what to remember; - reads standard input',
  },
  flags: { memoryType: '--type', tags: '--tag', groupId: '--group' },
  examples: [
    "athena remember 'We deploy from main on Tuesdays' --type decision --tag deploy",
    'athena remember - --tag notes < notes.md',
  ],
  readOperand: async (typed) => (typed === '-' ? readContent() : typed),
  async toOutcome(output) {
    const { flattenRemembered, renderRemembered } = await import('../terminal/render-remembered.ts')
    return {
      value: flattenRemembered(output),
      text: (terminal) => renderRemembered(terminal, output),
    }
  },
}
