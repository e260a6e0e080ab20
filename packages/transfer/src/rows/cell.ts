/** A column's value as JSON that says what it was. */
export type Cell =
  | string
  | number
  | boolean
  | null
  | { readonly date: string }
  | { readonly floats: string }
  | { readonly bytes: string }
  | { readonly json: unknown }

/** Writes a value: instants as ISO 8601, bytes and 32-bit floats (little-endian) as Base64. */
export const toCell = (value: unknown): Cell => {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  if (value instanceof Date) return { date: value.toISOString() }
  if (value instanceof Float32Array) return { floats: toBase64(value) }
  if (value instanceof Uint8Array) return { bytes: toBase64(value) }
  return { json: value }
}

/**
 * Reads what `toCell` wrote.
 *
 * @throws TypeError for anything else
 */
export const fromCell = (cell: unknown): unknown => {
  if (typeof cell !== 'object' || cell === null) return cell
  if ('json' in cell) return cell.json
  if ('date' in cell && typeof cell.date === 'string') return new Date(cell.date)
  if ('bytes' in cell && typeof cell.bytes === 'string') return fromBase64(cell.bytes)
  if ('floats' in cell && typeof cell.floats === 'string') {
    return new Float32Array(fromBase64(cell.floats).buffer)
  }
  throw new TypeError('a cell must be a scalar, or name a date, bytes, floats or json')
}

const toBase64 = ({ buffer, byteOffset, byteLength }: Uint8Array | Float32Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64')

/** Copies: a buffer of Node's need not be aligned for floats, and may be part of a larger one. */
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.from(text, 'base64'))
