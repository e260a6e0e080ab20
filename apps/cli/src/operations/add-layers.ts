import {
  fromCommandOptions,
  type OperationDescription,
  toCommandOptions,
} from '@athena-memory/operations'
import type { Command } from 'commander'
import { answer } from '../answer.ts'
import { renderValue } from '../terminal/render-value.ts'
import { callOperation } from './call-operation.ts'
import { addFlags, readFlags } from './flags.ts'

/** Adds `athena <layer> <verb>` for every operation. */
export const addLayers = (program: Command, operations: readonly OperationDescription[]): void => {
  for (const layer of new Set(operations.map((operation) => operation.layer))) {
    const members = operations.filter((operation) => operation.layer === layer)
    const command = program.command(layer).summary(summarise(members))
    command.description(`Operations of the layer ${layer}.`).helpCommand(false)
    for (const operation of members) addOperation(command, operation)
  }
}

const NAMED = 5

const summarise = (members: readonly OperationDescription[]): string => {
  const verbs = members.map(({ verb }) => verb)
  const more = verbs.length > NAMED ? [`and ${verbs.length - NAMED} more`] : []
  return [...verbs.slice(0, NAMED), ...more].join(', ')
}

const addOperation = (parent: Command, operation: OperationDescription): void => {
  const { name, verb, title, description, effect, input } = operation
  const options = toCommandOptions(input)
  const command = parent
    .command(verb)
    .summary(title)
    .description(`${description}\n\nEffect: ${effect}`)
  addFlags(command, options)
  answer(command, async (globals) => {
    const given = fromCommandOptions(input, readFlags(command, options))
    const value = await callOperation(globals, name, given)
    return { value, text: (terminal) => renderValue(terminal, value) }
  })
}
