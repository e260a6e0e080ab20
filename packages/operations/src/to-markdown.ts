import type { Example, OperationDescription } from './operation.ts'
import { alternativesOf, itemsOf, propertiesOf, type JsonSchema } from './schema-parts.ts'
import { toCommandOptions, type CommandOption } from './to-command-options.ts'
import { toJsonSchema } from './to-json-schema.ts'
import { toTypeName } from './to-type-name.ts'
import { decodeInput } from './wire.ts'

/**
 * The reference page of all operations, `docs/operations.md`: per layer a table, then each operation
 * with its command, arguments, results and examples. Layers and operations keep the order given, so
 * the same definitions always make the same page.
 * @throws OperationError with `invalid-input` for an example that its own operation would refuse
 */
export const toMarkdown = (operations: readonly OperationDescription[]): string => {
  const layers = [...new Set(operations.map(({ layer }) => layer))].map((layer) => ({
    layer,
    members: operations.filter((operation) => operation.layer === layer),
  }))
  const contents = layers.map(({ layer, members }) => `- [${layer}](#${layer}): ${members.length}`)
  const sections = layers.flatMap(({ layer, members }) => [
    `## ${layer}`,
    table(['Operation', 'Effect', 'What it does'], members.map(summaryRow)),
    ...members.map(operationSection),
  ])
  return `${[GENERATED, '# Operations', contents.join('\n'), ...sections].join('\n\n')}\n`
}

const GENERATED = '<!-- Generated from the definitions by `pnpm docs:operations`; do not edit. -->'

const summaryRow = ({ name, effect, title }: OperationDescription): string[] => [
  // The anchor that a Markdown renderer makes of the heading: lower case, without the dot.
  `[\`${name}\`](#${name.replace('.', '')})`,
  effect,
  title,
]

const operationSection = (operation: OperationDescription): string =>
  [
    `### ${operation.name}`,
    operation.description,
    `\`\`\`sh\n${toCommand(operation)}\n\`\`\``,
    fieldTable('Argument', toJsonSchema(operation.input, 'input')),
    fieldTable('Result', toJsonSchema(operation.output, 'output')),
    ...operation.examples.map((example) => exampleText(operation, example)),
  ].join('\n\n')

const toCommand = ({ layer, verb, input }: OperationDescription): string => {
  const options = toCommandOptions(input).map((option) => ` ${toUsage(option)}`)
  return `athena ${layer} ${verb}${options.join('')}`
}

const toUsage = ({ flags, kind, required, repeatable }: CommandOption): string => {
  const value = kind === 'boolean' ? '' : ` <${kind}>${repeatable ? '...' : ''}`
  const usage = `${flags.join(' | ')}${value}`
  return required ? usage : `[${usage}]`
}

const exampleText = (operation: OperationDescription, { title, input }: Example): string => {
  decodeInput(operation.name, operation.input, input)
  return `${title}:\n\n\`\`\`json\n${JSON.stringify(input, undefined, 2)}\n\`\`\``
}

const fieldTable = (what: 'Argument' | 'Result', schema: JsonSchema): string => {
  const rows = fieldRows(schema, '')
  if (rows.length === 0) return what === 'Argument' ? 'Takes no arguments.' : 'Gives nothing.'
  return table([what, 'Type', 'Given', 'Meaning'], rows)
}

/** One row per field, those of nested objects below theirs: `episodes`, `episodes[].id`. */
const fieldRows = (schema: JsonSchema, prefix: string): string[][] =>
  propertiesOf(schema).flatMap(({ name, schema: field, required }) => [
    [
      `\`${prefix}${name}\``,
      toTypeName(field),
      whenGiven(field, required),
      field.description ?? '',
    ],
    ...alternativesOf(field).flatMap((alternative) => {
      const items = itemsOf(alternative)
      return fieldRows(items ?? alternative, `${prefix}${name}${items ? '[]' : ''}.`)
    }),
  ])

const whenGiven = (schema: JsonSchema, required: boolean): string => {
  if (required) return 'always'
  return schema.default === undefined ? 'optional' : `default \`${JSON.stringify(schema.default)}\``
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map(tableRow).join('\n')

const tableRow = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`).replaceAll(/\s+/g, ' ')).join(' | ')} |`
