import type { JsonObject } from '@athena-memory/operations'
import type { Command } from 'commander'
import type { Outcome } from '../outcome.ts'

/** A short way to call an operation: one argument stands without a flag. */
export interface Shortcut {
  readonly name: string
  readonly summary: string
  /** Shown below the help. */
  readonly examples: readonly string[]
  /** Name of the operation. */
  readonly operation: string
  /** The argument without a flag, and what it is called in the help. */
  readonly operand: { readonly argument: string; readonly name: string; readonly meaning: string }
  /** Shorter flags, by argument: `{ tags: '--tag' }`. */
  readonly flags?: Readonly<Record<string, string>>
  /** Turns the operand as it was typed into the argument; the same text unless given. */
  readonly readOperand?: (typed: string) => Promise<string>
  /** Flags, without their dashes, that change what is shown and not what is asked, with their meaning. */
  readonly displayFlags?: Readonly<Record<string, string>>
  /** Is told which of the display flags were given. */
  readonly toOutcome: (output: JsonObject, displayed: ReadonlySet<string>) => Promise<Outcome>
}

/** Adds a shortcut to the help. What it does needs the operations, which load on demand. */
export const addShortcut = (program: Command, shortcut: Shortcut): Command => {
  const { name, summary, operand, examples } = shortcut
  return program
    .command(name)
    .summary(summary)
    .argument(`<${operand.name}>`, operand.meaning)
    .addHelpText('after', ['', 'Examples:', ...examples.map((line) => `  ${line}`)].join('\n'))
}
