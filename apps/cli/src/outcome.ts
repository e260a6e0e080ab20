import type { Terminal } from './terminal/terminal.ts'

/** What a command found or did. */
export interface Outcome {
  /** For programs: the one JSON value of `--json`. */
  readonly value: object
  /** For people. */
  readonly text: (terminal: Terminal) => string
  /** True where nothing broke, yet the command could not do what it was asked: exit code 1. */
  readonly isFailure?: boolean
}
