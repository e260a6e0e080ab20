import pg from 'pg'
import { toVectorBytes } from '../vocabulary/vector-forms.ts'

const { builtins } = pg.types

const parsers = new Map<number, (text: string) => unknown>([
  [builtins.BOOL, (text) => text === 't'],
  [builtins.BYTEA, (text) => Buffer.from(text.slice(2), 'hex')],
  [builtins.INT2, Number],
  [builtins.INT4, Number],
  [builtins.OID, Number],
  [builtins.FLOAT4, Number],
  [builtins.FLOAT8, Number],
])

const asText = (text: string): string => text

/** How values of results are read. Dates, JSON and vectors stay PostgreSQL's text: Drizzle reads them. */
export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: (type: number) => parsers.get(type) ?? asText,
}

/** A parameter as it is sent: bytes and vectors as bytes, everything else as text. */
export const toParameter = (value: unknown): string | number | boolean | Uint8Array | null => {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Uint8Array) return value
  if (value instanceof Float32Array) return toVectorBytes(value)
  throw new TypeError('a parameter must be text, a number, a boolean, bytes, a vector or null')
}
