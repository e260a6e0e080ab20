import { z } from 'zod'

/** One thing that is wrong with a database. */
export const finding = z.object({
  check: z.string().describe('the check that found it'),
  severity: z
    .enum(['warning', 'failure'])
    .describe('failure: unsafe, or about to stop working; warning: costs something'),
  subject: z.string().describe('what it is about, by its name'),
  evidence: z.string().describe('what was seen'),
  advice: z.string().describe('what to do'),
})
export type Finding = z.output<typeof finding>

/** Something that could not be looked at. */
export const unchecked = z.object({ check: z.string(), reason: z.string() })
export type Unchecked = z.output<typeof unchecked>

/** What a check saw. */
export interface Checked {
  readonly findings: readonly Finding[]
  readonly unchecked: readonly Unchecked[]
  /** Whether there were more findings than are shown. */
  readonly truncated: boolean
}
