import { type Command, CommanderError } from 'commander'
import { type Failure, toFailure, toJson } from './failure.ts'
import { createProgram } from './program.ts'

/**
 * Runs one command. The only place where errors become exit codes: 0 ok, 1 failure, 2 usage, 130
 * interrupted.
 */
export const run = async (args: readonly string[]): Promise<number> => {
  let help = 'athena --help'
  try {
    const program = await createProgram(args)
    help = `${pathOf(program, program.parseOptions([...args]).operands)} --help`
    await program.parseAsync(args, { from: 'user' })
    return Number(process.exitCode ?? 0)
  } catch (thrown) {
    const failure = toFailure(thrown, help)
    if (failure.exitCode !== 0) report(failure, { thrown, isJson: wantsJson(args) })
    return failure.exitCode
  }
}

/** Also where the arguments are too wrong to be parsed. */
const wantsJson = (args: readonly string[]): boolean => {
  const end = args.indexOf('--')
  return args.slice(0, end === -1 ? undefined : end).includes('--json')
}

/** The command that these words mean, as it is called: `athena semantic recall`. */
const pathOf = (command: Command, [name, ...rest]: readonly string[]): string => {
  const child = command.commands.find((candidate) => candidate.name() === name)
  return child ? `${command.name()} ${pathOf(child, rest)}` : command.name()
}

const report = (
  failure: Failure,
  { thrown, isJson }: { thrown: unknown; isJson: boolean },
): void => {
  if (isJson) console.log(JSON.stringify(toJson(failure)))
  if (process.env['ATHENA_DEBUG']) console.error(thrown)
  // Commander has spoken already.
  if (failure.message === '' || thrown instanceof CommanderError) return
  console.error(`error: ${failure.message}`)
  if (failure.hint !== undefined) console.error(`hint: ${failure.hint}`)
}
