import type { z } from 'zod'
import { OperationError } from './operation-error.ts'
import { alternativesOf, isNull, itemsOf, propertiesOf, type JsonSchema } from './schema-parts.ts'
import { toJsonSchema } from './to-json-schema.ts'

/** How the text after a flag becomes a value; `boolean` flags take no text. */
export type CommandOptionKind = 'string' | 'number' | 'boolean' | 'json'

/** One argument of an operation as an option of a command line, for any command line library. */
export interface CommandOption {
  /** The argument's name in the operation, and the key of its value in `fromCommandOptions`. */
  readonly argument: string
  /**
   * `['--due-at']`. Booleans: `['--notify']` when false by default, `['--no-notify']` when true by
   * default, both when leaving them out says neither.
   */
  readonly flags: readonly string[]
  readonly kind: CommandOptionKind
  readonly required: boolean
  /** May be given many times; the values make a list. */
  readonly repeatable: boolean
  /** The text `null` stands for null, which usually clears a field. */
  readonly nullable: boolean
  /** The only texts allowed, where they can be counted. */
  readonly choices?: readonly string[]
  readonly description?: string
  /** The value taken when the option is left out, in wire form. */
  readonly default?: unknown
}

/**
 * The arguments of an operation as command line options, in the order of the schema. Lists of plain
 * values are repeatable; nested objects and everything else that a flag cannot say are JSON.
 * @throws OperationError with `invalid-definition` for an argument that is not camelCase or that
 * begins with `no`: its flag could not be turned back into its name
 */
export const toCommandOptions = (schema: z.ZodObject): CommandOption[] =>
  propertiesOf(toJsonSchema(schema, 'input')).map((property) => ({
    argument: property.name,
    required: property.required,
    ...toValue(property.schema),
    flags: toFlags(property.name, property.schema),
    ...pickGiven(property.schema),
  }))

const toFlags = (argument: string, schema: JsonSchema): string[] => {
  if (!/^(?!no[A-Z])[a-z][a-zA-Z0-9]*$/.test(argument)) throw badArgument(argument)
  const name = argument.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  if (schema.type !== 'boolean') return [`--${name}`]
  if (schema.default === undefined) return [`--${name}`, `--no-${name}`]
  return [schema.default === true ? `--no-${name}` : `--${name}`]
}

const badArgument = (argument: string): OperationError =>
  new OperationError(
    'invalid-definition',
    `argument "${argument}": expected camelCase, not beginning with "no", to make a command line flag`,
  )

const toValue = (
  schema: JsonSchema,
): Pick<CommandOption, 'kind' | 'choices' | 'repeatable' | 'nullable'> => {
  const alternatives = alternativesOf(schema)
  const [value = {}, ...others] = alternatives.filter((alternative) => !isNull(alternative))
  const nullable = alternatives.some(isNull)
  if (others.length > 0) return { kind: 'json', repeatable: false, nullable }
  const items = itemsOf(value)
  const text = toText(items ?? value)
  const needsText = text.kind === 'boolean' && (nullable || items !== undefined)
  return { ...text, ...(needsText && { kind: 'json' }), repeatable: items !== undefined, nullable }
}

const toText = (schema: JsonSchema): Pick<CommandOption, 'kind' | 'choices'> => {
  const values = schema.const === undefined ? schema.enum : [schema.const]
  const kind = KINDS.get(schema.type) ?? 'json'
  const isText = kind === 'string' || kind === 'number'
  return values && isText ? { kind, choices: values.map(String) } : { kind }
}

const KINDS = new Map<JsonSchema['type'], CommandOptionKind>([
  ['string', 'string'],
  ['number', 'number'],
  ['integer', 'number'],
  ['boolean', 'boolean'],
])

const pickGiven = ({ description, default: value }: JsonSchema) => ({
  ...(description !== undefined && { description }),
  ...(value !== undefined && { default: value }),
})
