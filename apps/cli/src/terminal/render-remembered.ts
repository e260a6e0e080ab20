import type { JsonObject } from '@athena-memory/operations'
import { z } from 'zod'
import type { Terminal } from './terminal.ts'

/** The output of `semantic.remember`. */
const remembered = z.object({
  memory: z.looseObject({ id: z.string(), memoryType: z.string() }),
  isDuplicate: z.boolean(),
  redactions: z.number(),
  notices: z.array(z.string()),
})
type Remembered = z.output<typeof remembered>

/** The output of `semantic.remember` with the memory's own fields at the top. */
export const flattenRemembered = (output: JsonObject): object => {
  const { memory, ...rest } = remembered.parse(output)
  return { ...memory, ...rest }
}

/** The output of `semantic.remember`: the id, and what should be known of how it went. */
export const renderRemembered = ({ style }: Terminal, output: JsonObject): string => {
  const { memory, ...rest } = remembered.parse(output)
  const what = rest.isDuplicate ? 'Known already' : 'Remembered'
  const notes = notesOf(rest).map((note) => style('yellow', `note: ${note}`))
  return [`${what}: ${memory.memoryType} ${memory.id}`, ...notes].join('\n')
}

const notesOf = ({ redactions, notices }: Omit<Remembered, 'memory'>): string[] => [
  ...(redactions > 0 ? [`secrets that were cut out: ${redactions}`] : []),
  ...notices,
]
