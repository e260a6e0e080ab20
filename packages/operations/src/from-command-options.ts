import type { z } from 'zod'
import type { JsonObject, JsonValue } from './json.ts'
import { issuesError } from './operation-error.ts'
import { toCommandOptions, type CommandOption } from './to-command-options.ts'

/** What a command line library gives for a flag: its text, all its texts, or whether it was set. */
export type CommandOptionValue = string | boolean | readonly string[] | undefined

/**
 * The wire arguments that parsed flags stand for; `values` are keyed by argument (`dueAt`), which is
 * how command line libraries name `--due-at`. Keys that are no arguments are left alone, so that a
 * program can have flags of its own.
 * @throws OperationError with `invalid-input`; its issues name the flags
 */
export const fromCommandOptions = (
  schema: z.ZodObject,
  values: Readonly<Record<string, CommandOptionValue>>,
): JsonObject => {
  const read = toCommandOptions(schema).map((option) => ({
    option,
    ...readOption(option, values[option.argument]),
  }))
  const issues = read.flatMap(({ option, problem }) =>
    problem === undefined ? [] : [{ path: option.flags.join(' or '), message: problem }],
  )
  if (issues.length > 0) throw issuesError('invalid-input', 'invalid options', issues)
  return Object.fromEntries(
    read.flatMap(({ option, value }) => (value === undefined ? [] : [[option.argument, value]])),
  )
}

interface Reading {
  readonly value?: JsonValue
  readonly problem?: string
}

const readOption = (option: CommandOption, given: CommandOptionValue): Reading => {
  if (given === undefined) return option.required ? { problem: 'is required' } : {}
  if (typeof given === 'boolean') {
    return option.kind === 'boolean' ? { value: given } : { problem: 'expected a value' }
  }
  const texts = typeof given === 'string' ? [given] : given
  if (option.nullable && texts.length === 1 && texts[0] === 'null') return { value: null }
  return readTexts(option, texts)
}

const readTexts = (option: CommandOption, texts: readonly string[]): Reading => {
  const readings = texts.map((text) => readText(option, text))
  const problem = readings.find((reading) => reading.problem !== undefined)
  if (problem) return problem
  const values = readings.flatMap(({ value }) => (value === undefined ? [] : [value]))
  if (option.repeatable) return { value: values }
  const [value, ...more] = values
  return value === undefined || more.length > 0 ? { problem: 'expected one value' } : { value }
}

const readText = ({ kind, choices }: CommandOption, text: string): Reading => {
  if (choices && !choices.includes(text)) {
    return { problem: `expected one of ${choices.join(', ')}` }
  }
  return READERS[kind](text)
}

const READERS = {
  string: (text) => ({ value: text }),
  boolean: () => ({ problem: 'takes no value' }),
  number: (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text)
    return Number.isFinite(value) ? { value } : { problem: 'expected a number' }
  },
  json: (text) => {
    try {
      return { value: JSON.parse(text) }
    } catch {
      return { problem: 'expected JSON, such as {"name": "value"}' }
    }
  },
} satisfies Record<CommandOption['kind'], (text: string) => Reading>
