import type { CommandOption, CommandOptionValue } from '@athena-memory/operations'
import { type Command, Option } from 'commander'

/** Arguments that a flag of every command stands for. */
const GLOBAL = new Set(['project'])

/** Gives a command the flags of an operation's arguments. */
export const addFlags = (command: Command, options: readonly CommandOption[]): void => {
  const own = options.filter(({ argument }) => !GLOBAL.has(argument))
  for (const option of own) {
    for (const flag of option.flags) command.addOption(toOption(option, flag))
  }
}

/** What was given for each argument, by the argument's own name. */
export const readFlags = (
  command: Command,
  options: readonly CommandOption[],
): Record<string, CommandOptionValue> => {
  const values = command.optsWithGlobals<Record<string, CommandOptionValue>>()
  return Object.fromEntries(
    options.map(({ argument, flags }) => [argument, values[attributeOf(flags)]]),
  )
}

const attributeOf = ([flag = '']: readonly string[]): string => new Option(flag).attributeName()

const toOption = (given: CommandOption, flag: string): Option => {
  const { kind, choices, repeatable, nullable } = given
  const value = kind === 'boolean' ? '' : ` <${choices ? 'choice' : kind}>`
  const option = new Option(`${flag}${value}`, describe(given))
  if (repeatable) option.argParser(append)
  else if (choices && !nullable) option.choices([...choices])
  return option
}

const append = (value: string, previous: readonly string[] = []): string[] => [...previous, value]

const describe = ({ description, required, repeatable, ...option }: CommandOption): string => {
  const remarks = [
    ...(required ? ['required'] : []),
    ...(repeatable ? ['may be given many times'] : []),
    ...(repeatable && option.choices ? [`choices: ${option.choices.join(', ')}`] : []),
    ...(isTold(option.default) ? [`default: ${JSON.stringify(option.default)}`] : []),
  ]
  const sentence = description ?? ''
  return remarks.length === 0 ? sentence : `${sentence} (${remarks.join('; ')})`.trim()
}

// That a switch is off unless given goes without saying.
const isTold = (value: unknown): boolean => value !== undefined && typeof value !== 'boolean'
