import type { RawColumn, RawRow } from '../connection/connection.ts'

/** A value of a result. */
export type Cell = string | number | boolean | null

/** A row of a result; its keys are the columns, in their order. */
export type JsonRow = Record<string, Cell>

const [BOOLEAN, BIGINT, SMALLINT, INTEGER, OID, REAL, DOUBLE] = [16, 20, 21, 23, 26, 700, 701]
const NUMBERS = new Set([BIGINT, SMALLINT, INTEGER, OID, REAL, DOUBLE])

/**
 * Names for the columns under which all of them can be kept: a name that comes again gets a number.
 */
export const uniqueNames = (columns: readonly RawColumn[]): string[] => {
  const taken = new Set<string>()
  return columns.map(({ name }) => {
    let unique = name
    for (let count = 2; taken.has(unique); count += 1) unique = `${name}_${count}`
    taken.add(unique)
    return unique
  })
}

/**
 * A value as JSON has it: numbers where no digit is lost, truth values, and the text of PostgreSQL,
 * as psql shows it, for everything else.
 */
const toJsonValue = (text: string | null, type: number): Cell => {
  if (text === null) return null
  if (type === BOOLEAN) return text === 't'
  if (!NUMBERS.has(type)) return text
  const number = Number(text)
  const isExact =
    type === REAL || type === DOUBLE ? Number.isFinite(number) : Number.isSafeInteger(number)
  return isExact ? number : text
}

/** A row as an object. */
export const toJsonRow = (
  row: RawRow,
  columns: readonly RawColumn[],
  names: readonly string[],
): JsonRow =>
  Object.fromEntries(
    columns.map(({ type }, at) => [names[at] ?? '', toJsonValue(row[at] ?? null, type)]),
  )
