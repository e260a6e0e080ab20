import {
  fromCommandOptions,
  type JsonObject,
  type OperationDescription,
  toCommandOptions,
} from '@athena-memory/operations'
import type { Command } from 'commander'
import { answer } from '../answer.ts'
import { renderValue } from '../terminal/render-value.ts'
import type { Outcome } from '../outcome.ts'
import { callOperation } from './call-operation.ts'
import { addFlags, readFlags } from './flags.ts'

/** How operations are called, and what counts as a failure of theirs. */
export interface Calling {
  readonly call: typeof callOperation
  /** Whether a result says that something is wrong: exit code 1. */
  readonly isFailure?: (value: JsonObject) => boolean
}

/** Adds `athena <layer> <verb>` for every operation. */
export const addLayers = (
  program: Command,
  operations: readonly OperationDescription[],
  calling: Calling = { call: callOperation },
): void => {
  for (const layer of new Set(operations.map((operation) => operation.layer))) {
    const members = operations.filter((operation) => operation.layer === layer)
    const command = program.command(layer).summary(summarise(members))
    command.description(`Operations of the layer ${layer}.`).helpCommand(false)
    for (const operation of members) addOperation(command, operation, calling)
  }
}

const NAMED = 5

const summarise = (members: readonly OperationDescription[]): string => {
  const verbs = members.map(({ verb }) => verb)
  const more = verbs.length > NAMED ? [`and ${verbs.length - NAMED} more`] : []
  return [...verbs.slice(0, NAMED), ...more].join(', ')
}

const addOperation = (
  parent: Command,
  operation: OperationDescription,
  { call, isFailure = () => false }: Calling,
): void => {
  const { name, verb, title, description, effect, input } = operation
  const command = parent
    .command(verb)
    .summary(title)
    .description(`${description}\n\nEffect: ${effect}`)
  // The flags of all commands take longer to make than most commands to run.
  parent.hook('preSubcommand', (_, chosen) => {
    if (chosen === command) addFlags(command, toCommandOptions(input))
  })
  answer(command, async (globals) => {
    const given = fromCommandOptions(input, readFlags(command, toCommandOptions(input)))
    const value = await call(globals, name, given)
    const text: Outcome['text'] = (terminal) => renderValue(terminal, value)
    return { value, text, isFailure: isFailure(value) }
  })
}
