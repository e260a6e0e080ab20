import type { Judgement } from './guard/create-guard.ts'
import type { Tool } from './guard/judge-statement.ts'
import type { OpsContext } from './ops-context.ts'
import { LEVELS, type Level } from './ops-settings.ts'

const LEVEL_OF: Readonly<Record<Tool, Level>> = {
  query: 'query',
  explain: 'query',
  execute: 'execute',
  schema_alter: 'alter',
}

/** What the level and the guard say of a statement. Runs nothing of it. */
export const judgeCall = async (
  context: OpsContext,
  tool: Tool,
  sql: string,
): Promise<Judgement> => {
  const judgement = context.guard.judge(tool, sql, await context.facts())
  const { level } = context.settings
  const isGranted = LEVELS.indexOf(level) >= LEVELS.indexOf(LEVEL_OF[tool])
  if (isGranted || !judgement.allowed) return judgement
  const reason = `${tool} needs the level ${LEVEL_OF[tool]}, and ${level} was granted`
  return { allowed: false, reason, normalised: judgement.normalised }
}
