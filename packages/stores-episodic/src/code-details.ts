import { StorageError } from '@athena-memory/db-core'
import { z } from 'zod'

const MAX_NAME = 500
const MAX_TEXT = 100_000
const name = z.string().min(1).max(MAX_NAME)
const text = z.string().max(MAX_TEXT)

/** What an event of code says beyond its files and symbols. */
export const codeDetails = z.strictObject({
  language: name.optional(),
  symbolType: name.optional().describe('such as function or class'),
  diff: text.optional(),
  commit: name.optional().describe('id of the commit'),
  parents: z.array(name).max(100).optional().describe('ids of the commits before it'),
  author: name.optional(),
  authorEmail: name.optional(),
  tool: name.optional().describe('name of the tool that was called'),
  callId: name.optional().describe('id of the call, as the transcript has it'),
  testName: name.optional(),
  testPassed: z.boolean().optional(),
  errorType: name.optional(),
  stackTrace: text.optional(),
  performance: z.record(name, z.number()).optional().describe('measurements by name'),
  qualityScore: z.number().min(0).max(1).optional(),
})

/** What an event of code says beyond its files and symbols. */
export type CodeDetails = z.output<typeof codeDetails>

/** Details whose texts are not too long, also where they grew because a password was cut out. */
export const fitCodeDetails = (details: CodeDetails): CodeDetails => {
  const fitting = { ...details }
  for (const [field, value] of Object.entries(details)) {
    const longest = field === 'diff' || field === 'stackTrace' ? MAX_TEXT : MAX_NAME
    if (typeof value === 'string') Reflect.set(fitting, field, value.slice(0, longest))
  }
  return fitting
}

/** Stored details as callers see them. */
export const readCodeDetails = (stored: Record<string, unknown>): CodeDetails => {
  const read = codeDetails.safeParse(stored)
  if (read.success) return read.data
  const detail = 'the code details of a stored episode are unknown to this version'
  throw new StorageError('invalid', { detail })
}
