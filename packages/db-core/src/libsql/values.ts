import type { Row } from '../engine.ts'
import { StorageError } from '../storage-error.ts'

/** What the driver takes as a value of a statement. It binds every number as a float. */
export type NativeValue = string | number | bigint | Uint8Array | null

const nameOf = (value: unknown): string =>
  typeof value === 'object' ? Object.prototype.toString.call(value).slice(8, -1) : typeof value

const refuse = (index: number, problem: string): never => {
  throw new StorageError('invalid', { detail: `value ${index + 1} of the statement ${problem}` })
}

const toText = (value: string, index: number): string =>
  value.includes('\0') ? refuse(index, 'holds a NUL character') : value

const toNumber = (value: number, index: number): number | bigint => {
  // As a float, text columns and JSON would hold 5.0 for 5.
  if (Number.isSafeInteger(value)) return BigInt(value)
  return Number.isFinite(value) ? value : refuse(index, `is not finite; ${ALLOWED}`)
}

const toInteger = (value: bigint, index: number): bigint =>
  BigInt.asIntN(64, value) === value
    ? value
    : refuse(index, 'is an integer out of range; store it as text')

const ALLOWED = 'pass a string, finite number, bigint, boolean, null or Uint8Array'

const toArgument = (value: unknown, index: number): NativeValue => {
  if (typeof value === 'string') return toText(value, index)
  if (value === null || value instanceof Uint8Array) return value
  if (typeof value === 'number') return toNumber(value, index)
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (typeof value === 'bigint') return toInteger(value, index)
  return refuse(index, `is of type ${nameOf(value)}; ${ALLOWED}`)
}

/**
 * Values as the driver takes them: integers stay integers, booleans become 1 and 0.
 *
 * Refuses, as `invalid` and by position: text with a NUL (the driver would return it cut off
 * there), NaN, infinities, integers of more than 64 bits, and every other type.
 */
export const toArguments = (params: readonly unknown[]): NativeValue[] => params.map(toArgument)

const toSafeNumber = (value: bigint): number => {
  const number = Number(value)
  if (Number.isSafeInteger(number)) return number
  const detail = 'an integer is out of range; store it as text'
  throw new StorageError('invalid', { detail })
}

const fromValue = (value: unknown): unknown => {
  if (typeof value === 'bigint') return toSafeNumber(value)
  return value instanceof ArrayBuffer ? new Uint8Array(value) : toPlainBytes(value)
}

/** Node's buffers are bytes too, but compare as something else. */
const toPlainBytes = (value: unknown): unknown =>
  Buffer.isBuffer(value) ? new Uint8Array(value.buffer, value.byteOffset, value.length) : value

/** A driver's row as an array in column order; blobs are `Uint8Array`, integers numbers. */
export const toRow = (row: Row): Row => row.map(fromValue)
