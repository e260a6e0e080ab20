import type { JsonObject } from '@athena-memory/operations'
import { z } from 'zod'
import { printableLine } from './printable.ts'
import type { Terminal } from './terminal.ts'

/** The output of `memory.forget`. */
const receipt = z.object({
  id: z.string(),
  forgotten: z.boolean(),
  layer: z.string().optional(),
  erased: z.record(z.string(), z.number()),
})

/** The output of `memory.forget`: what was erased, or that there was nothing. */
export const renderReceipt = ({ style }: Terminal, value: JsonObject): string => {
  const { id, forgotten, layer, erased } = receipt.parse(value)
  const name = printableLine(id)
  if (!forgotten) return `Nothing was forgotten: no memory has the id ${name}.`
  const counts = Object.entries(erased).filter(([, count]) => count > 0)
  const details = counts.map(([kind, count]) => `${count} ${kind}`).join(', ')
  return `Forgotten: ${layer} ${name}\n${style('dim', `erased ${details}`)}`
}
