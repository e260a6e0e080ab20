import type { Command } from 'commander'
import type { GlobalOptions } from './global-options.ts'
import type { Outcome } from './outcome.ts'
import { describeTerminal } from './terminal/terminal.ts'

/** Makes a command do its work and print what came of it: the only writer of standard output. */
export const answer = (
  command: Command,
  work: (globals: GlobalOptions) => Promise<Outcome>,
): void => {
  command.action(async () => {
    const globals = command.optsWithGlobals<GlobalOptions>()
    const outcome = await work(globals)
    console.log(toOutput(outcome, globals))
    if (outcome.isFailure) process.exitCode = 1
  })
}

const toOutput = ({ value, text }: Outcome, { json = false }: GlobalOptions): string => {
  const terminal = describeTerminal(process.stdout)
  if (!json) return text(terminal)
  return JSON.stringify(value, undefined, terminal.isInteractive ? 2 : undefined)
}
