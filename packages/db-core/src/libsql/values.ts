import type { InValue, Value } from '@libsql/client'
import type { Row } from '../engine.ts'
import { StorageError } from '../storage-error.ts'

const nameOf = (value: unknown): string =>
  typeof value === 'object' ? Object.prototype.toString.call(value).slice(8, -1) : typeof value

const isStorable = (value: unknown): value is InValue =>
  value === null ||
  value instanceof Uint8Array ||
  ['string', 'bigint', 'boolean'].includes(typeof value) ||
  Number.isFinite(value)

const refuse = (index: number, problem: string): never => {
  throw new StorageError('invalid', { detail: `value ${index + 1} of the statement ${problem}` })
}

const toArgument = (value: unknown, index: number): InValue => {
  if (typeof value === 'string' && value.includes('\0')) refuse(index, 'holds a NUL character')
  if (typeof value === 'boolean') return value ? 1n : 0n
  // The driver binds every number as a float, and text columns and JSON would hold 5.0 for 5.
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
  if (isStorable(value)) return value
  return refuse(
    index,
    `is ${typeof value === 'number' ? 'not finite' : `of type ${nameOf(value)}`}; pass a string, finite number, bigint, boolean, null or Uint8Array`,
  )
}

/**
 * Values as the driver takes them: integers stay integers, booleans become 1 and 0.
 *
 * Refuses, as `invalid` and by position: text with a NUL (the driver would return it cut off
 * there), NaN, infinities, and every other type.
 */
export const toArguments = (params: readonly unknown[]): InValue[] => params.map(toArgument)

const fromValue = (value: Value): unknown =>
  value instanceof ArrayBuffer ? new Uint8Array(value) : value

/** A driver's row as an array in column order; blobs are `Uint8Array`, integers numbers. */
export const toRow = (row: ArrayLike<Value>): Row => Array.from(row, fromValue)
