import type { JsonValue } from '@athena-memory/operations'
import { toArrayText } from '../connection/quote.ts'

/**
 * Values for `$1`, `$2`, ... as PostgreSQL reads them from text; the server knows their types.
 * A list is an array of PostgreSQL, an object is JSON.
 */
export const toParameters = (values: readonly JsonValue[]): (string | null)[] =>
  values.map(toParameter)

const toParameter = (value: JsonValue): string | null => {
  if (value === null || typeof value === 'string') return value
  if (Array.isArray(value)) return toArrayText(value.map(toParameter))
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
