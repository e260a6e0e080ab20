import {
  type CommandOption,
  fromCommandOptions,
  type OperationDescription,
  toCommandOptions,
} from '@athena-memory/operations'
import type { Command } from 'commander'
import { answer } from '../answer.ts'
import type { Shortcut } from '../commands/shortcut.ts'
import { callOperation } from './call-operation.ts'
import { addFlags, readFlags } from './flags.ts'

/** Gives the command of a shortcut the flags of its operation, and lets it call the operation. */
export const addShortcutCall = (
  command: Command,
  shortcut: Shortcut,
  { name, description, input }: OperationDescription,
): void => {
  const { operand, flags = {}, displayFlags = {}, readOperand, toOutcome } = shortcut
  const options = toCommandOptions(input)
    .filter(({ argument }) => argument !== operand.argument)
    .map((option) => shorten(option, flags[option.argument]))
  command.description(description)
  addFlags(command, options)
  for (const [flag, meaning] of Object.entries(displayFlags)) command.option(`--${flag}`, meaning)
  answer(command, async (globals) => {
    const [typed = ''] = command.args
    const values = {
      ...readFlags(command, options),
      [operand.argument]: readOperand ? await readOperand(typed) : typed,
    }
    const given = command.opts<Record<string, unknown>>()
    const displayed = Object.keys(displayFlags).filter((flag) => given[flag] === true)
    const output = await callOperation(globals, name, fromCommandOptions(input, values))
    return toOutcome(output, new Set(displayed))
  })
}

const shorten = (option: CommandOption, flag: string | undefined): CommandOption =>
  flag === undefined ? option : { ...option, flags: [flag] }
