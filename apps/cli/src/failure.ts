import type { JsonObject } from '@athena-memory/operations'
import { CommanderError } from 'commander'
import { Interrupted } from './interruption.ts'

/** How a command failed: 1 for a failure, 2 for wrong arguments or settings. */
export interface Failure {
  readonly exitCode: number
  /** Stable, for programs: `usage`, or the code of the error. */
  readonly code: string
  /** One sentence for people; empty where everything is said already. */
  readonly message: string
  readonly hint?: string | undefined
}

/** The command was called in a way that cannot be right. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly code = 'usage'
}

/** The command could not do its work, for a reason that is fit to be shown. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

const DETAILS = 'set ATHENA_DEBUG=1 to see where (the details may hold stored text)'

const hints: Readonly<Record<string, string>> = {
  unavailable: 'athena doctor shows what is wrong',
  busy: 'try again in a moment',
  'not-empty': 'athena restore FILE --replace erases what is there first',
  unknown: DETAILS,
  bug: DETAILS,
}

const usageCodes = new Set(['usage', 'invalid-input', 'unknown-operation', 'invalid-config'])

/**
 * What to tell about anything that was thrown. Only messages made for callers are passed on, which a
 * kebab-case `code` or the name of a setting shows: others may hold stored text.
 *
 * @param help the command that explains how to call the one that failed
 */
export const toFailure = (thrown: unknown, help: string): Failure => {
  if (thrown instanceof Interrupted) {
    return { exitCode: thrown.exitCode, code: 'interrupted', message: '' }
  }
  if (thrown instanceof CommanderError) return toUsageFailure(thrown, help)
  const code = codeOf(thrown)
  if (!(thrown instanceof Error) || code === undefined) return unexpected(thrown)
  const reason = code === 'failed' ? (codeOf(thrown.cause) ?? 'bug') : code
  const message = thrown.message.replace(/^Storage: /, '')
  if (usageCodes.has(code)) return { exitCode: 2, code, message, hint: help }
  return { exitCode: 1, code: reason, message, hint: hints[reason] }
}

/** The failure as the one JSON value of `--json`. */
export const toJson = ({ code, message, hint }: Failure): JsonObject => ({
  error: { code, message, ...(hint !== undefined && { hint }) },
})

// Commander has told people already; it shows help, too, by throwing.
const toUsageFailure = ({ exitCode, code, message }: CommanderError, help: string): Failure => ({
  exitCode: exitCode === 0 ? 0 : 2,
  code: 'usage',
  message: code === 'commander.help' ? 'missing command' : message.replace(/^error: /, ''),
  hint: help,
})

const codeOf = (thrown: unknown): string | undefined => {
  if (!(thrown instanceof Error)) return undefined
  if ('variable' in thrown) return 'invalid-config'
  const code = 'code' in thrown ? thrown.code : undefined
  return typeof code === 'string' && /^[a-z]+(-[a-z]+)*$/.test(code) ? code : undefined
}

const unexpected = (thrown: unknown): Failure => ({
  exitCode: 1,
  code: 'bug',
  message: `unexpected ${thrown instanceof Error ? thrown.name : 'error'}`,
  hint: DETAILS,
})
