import { alternativesOf, itemsOf, type JsonSchema } from './schema-parts.ts'

/** What a person calls the values of a schema: `text`, `date-time`, `list of object`, `"a"` or `"b"`. */
export const toTypeName = (schema: JsonSchema): string => {
  const alternatives = alternativesOf(schema)
  if (alternatives.length > 1) return [...new Set(alternatives.map(toTypeName))].join(' or ')
  const values = schema.const === undefined ? schema.enum : [schema.const]
  if (values) return values.map((value) => `\`${JSON.stringify(value)}\``).join(' or ')
  const items = itemsOf(schema)
  return items ? `list of ${toTypeName(items)}` : plainName(schema)
}

const plainName = ({ type, format, additionalProperties }: JsonSchema): string => {
  if (type === 'string') return format ?? 'text'
  if (type === 'array') return 'list'
  if (type !== 'object') return typeof type === 'string' ? type : 'any value'
  return typeof additionalProperties === 'object'
    ? `map of ${toTypeName(additionalProperties)}`
    : type
}
