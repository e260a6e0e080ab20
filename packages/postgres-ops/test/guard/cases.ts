import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { TOOLS, type Tool } from '../../src/guard/judge-statement.ts'
import { ALLOWED } from './allowed-statements.ts'
import { REFUSED } from './refused-statements.ts'

/** A statement and what must be said of it. */
export interface Case {
  readonly tool: Tool
  readonly sql: string
  readonly expect: 'allow' | 'refuse'
}

const casesOf = (lists: Partial<Record<Tool, readonly string[]>>, expect: Case['expect']): Case[] =>
  TOOLS.flatMap((tool) => (lists[tool] ?? []).map((sql) => ({ tool, sql, expect })))

const given = z.array(
  z.object({ tool: z.enum(TOOLS), sql: z.string(), expect: z.enum(['allow', 'refuse']) }),
)

/** Cases of a file of one's own beside those here: ATHENA_SQL_CASES names it. */
const more = (): Case[] => {
  const path = process.env['ATHENA_SQL_CASES']
  return path === undefined ? [] : given.parse(JSON.parse(readFileSync(path, 'utf8')))
}

export const CASES: readonly Case[] = [
  ...casesOf(ALLOWED, 'allow'),
  ...casesOf(REFUSED, 'refuse'),
  ...more(),
]
