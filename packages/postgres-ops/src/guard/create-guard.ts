import type { CatalogFacts } from './catalog-facts.ts'
import { judgeStatement, type Tool } from './judge-statement.ts'
import { normaliseStatement } from './normalise-statement.ts'
import { loadParser, parseStatement, type Statement } from './parse-statement.ts'
import type { Policy } from './policy.ts'
import type { Verdict } from './refusal.ts'

/** A statement with what was said of it. */
export interface Judgement extends Verdict {
  /** Without literals and comments; empty where it could not be read. */
  readonly normalised: string
  /** There whenever it was allowed. */
  readonly statement?: Statement
}

/** Judges statements by themselves, without a database. */
export interface Guard {
  judge(tool: Tool, sql: string, facts: CatalogFacts): Judgement
}

/** Loads the grammar and makes a guard that holds the policy. */
export const createGuard = async (policy: Policy): Promise<Guard> => {
  const parser = await loadParser()
  return {
    judge(tool, sql, facts) {
      const parsed = parseStatement(parser, sql)
      if ('refusal' in parsed) {
        const normalised = normaliseStatement(parsed.tokens ?? [])
        return { allowed: false, reason: parsed.refusal, normalised }
      }
      const { statement } = parsed
      const normalised = normaliseStatement(statement.tokens)
      const refusal = judgeStatement({ tool, statement, facts, policy })
      if (refusal !== undefined) return { allowed: false, reason: refusal, normalised }
      return { allowed: true, reason: 'nothing speaks against it', normalised, statement }
    },
  }
}
