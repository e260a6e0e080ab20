import type { JsonObject } from '@athena-memory/operations'
import { z } from 'zod'
import { printableLine } from './printable.ts'
import { renderTable } from './table.ts'
import type { Terminal } from './terminal.ts'

/** What is shown of the output of `memory.status`. */
const shown = z.object({
  location: z.string(),
  tenantId: z.string(),
  project: z.object({ name: z.string() }),
  layers: z.record(z.string(), z.number()),
  documents: z.number(),
  database: z.object({
    status: z.string(),
    version: z.string().optional(),
    warnings: z.array(z.string()),
  }),
  embedding: z
    .object({
      model: z.string(),
      dimensions: z.number(),
      kind: z.string(),
      status: z.string(),
      detail: z.string().optional(),
      embedded: z.number(),
      pending: z.number(),
    })
    .optional(),
})
type Status = z.output<typeof shown>

/** The output of `memory.status`, a line for each part, warnings below. */
export const renderStatus = (terminal: Terminal, value: JsonObject): string => {
  const status = shown.parse(value)
  const rows = [
    ['database', `${status.database.version ?? 'unknown'}, ${status.database.status}`],
    ['location', status.location],
    ['tenant', status.tenantId],
    ['project', printableLine(status.project.name)],
    ['memories', `${describeLayers(status.layers)} (${status.documents} in all projects)`],
    ['embedder', describeEmbedder(status.embedding)],
    ['embedded', describeProgress(status.embedding)],
  ]
  const table = renderTable(terminal, {
    head: [],
    rows: rows.map(([name = '', text = '']) => [terminal.style('dim', name), text]),
    wrap: true,
  })
  const warnings = status.database.warnings.map((text) =>
    terminal.style('yellow', `warning: ${text}`),
  )
  return [table, ...warnings].join('\n')
}

const describeLayers = (layers: Status['layers']): string =>
  Object.entries(layers)
    .map(([layer, count]) => `${count} ${layer}`)
    .join(', ') || 'none yet'

const describeEmbedder = (embedding: Status['embedding']): string => {
  if (!embedding) return 'none: search is by words alone'
  const { model, dimensions, kind, status, detail } = embedding
  return `${model}, ${dimensions} dimensions, ${kind}: ${detail ?? status}`
}

const describeProgress = (embedding: Status['embedding']): string => {
  if (!embedding) return 'nothing'
  const { embedded, pending } = embedding
  return pending === 0
    ? `${embedded}, none pending`
    : `${embedded}, ${pending} pending: athena embed`
}
