import type { JsonObject, JsonValue } from '@athena-memory/operations'
import { printable, printableLine } from './printable.ts'

/** The name of a field as people write it: `lastSeenAt` as `last seen at`. */
export const toTitle = (name: string): string =>
  printableLine(name).replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

/** `2026-01-31T09:30:00.000Z` as `2026-01-31 09:30 UTC`; other text stays. */
export const toTime = (text: string): string =>
  text.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(\.\d+)?Z$/, '$1 $2 UTC')

/** A value as text that may have several lines: lists of long items have a line for each. */
export const toText = (value: JsonValue): string => {
  if (Array.isArray(value)) return listToText(value.map(toText))
  if (isObject(value)) return mapToText(value)
  if (typeof value === 'number') return toNumber(value)
  if (typeof value === 'string') return printable(toTime(value))
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return ''
}

const toNumber = (value: number): string =>
  Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)))

/** Items longer than this have a line of their own. */
const LONG_ITEM = 40

const listToText = (items: readonly string[]): string => {
  if (items.length === 0) return 'none'
  const isShort = items.every((item) => item.length <= LONG_ITEM && !/[\n,]/.test(item))
  return isShort ? items.join(', ') : items.map((item) => `- ${item}`).join('\n')
}

const mapToText = (value: JsonObject): string =>
  Object.entries(value)
    .map(([name, field]) => `${toTitle(name)} ${toText(field)}`)
    .join(', ')

/** An object with longer text is shown field by field. */
const LONG_MAP = 100

/** Whether a value is well shown as the text of one field: no list of records, no large object. */
export const isText = (value: JsonValue): boolean => {
  if (Array.isArray(value)) return !isRecords(value)
  if (!isObject(value)) return !isLongText(value)
  return Object.values(value).every(isScalar) && mapToText(value).length <= LONG_MAP
}

/** Whether a value is an object without fields. */
export const isEmptyObject = (value: JsonValue): boolean =>
  isObject(value) && Object.keys(value).length === 0

const isScalar = (value: JsonValue): boolean =>
  value === null || (typeof value !== 'object' && !isLongText(value))

const LONG_TEXT_LINES = 4

/** Whether a value is a text that wants the whole width, such as a diagram. */
const isLongText = (value: JsonValue): boolean =>
  typeof value === 'string' && value.split('\n', LONG_TEXT_LINES).length === LONG_TEXT_LINES

/** Whether a value is an object with named fields. */
export const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a value is a list of objects, and of nothing else. */
export const isRecords = (value: JsonValue): value is JsonObject[] =>
  Array.isArray(value) && value.length > 0 && value.every(isObject)
