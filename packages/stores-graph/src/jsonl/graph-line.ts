import { z } from 'zod'
import { textProblem } from '../check-values.ts'

/** A text of a line; messages say what would be right and never what is there. */
const textOf = (field: 'name' | 'entityType' | 'relationType' | 'content') =>
  z.string().superRefine((text, context) => {
    const message = textProblem(field, text)?.replace(`${field} `, '')
    if (message !== undefined) context.addIssue({ code: 'custom', message })
  })

const entityLine = z.object({
  type: z.literal('entity'),
  name: textOf('name'),
  entityType: textOf('entityType'),
  observations: z.array(textOf('content')).max(100_000),
})

const relationLine = z.object({
  type: z.literal('relation'),
  from: textOf('name'),
  to: textOf('name'),
  relationType: textOf('relationType'),
  /** Written only where a name alone would not do. */
  fromType: textOf('entityType').optional(),
  toType: textOf('entityType').optional(),
})

export const graphLine = z.discriminatedUnion('type', [entityLine, relationLine])

/** A line of the file in which the reference MCP memory server keeps its graph. */
export type GraphLine = z.output<typeof graphLine>
export type EntityLine = z.output<typeof entityLine>
export type RelationLine = z.output<typeof relationLine>
