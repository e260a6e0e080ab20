import type { JsonObject } from '@athena-memory/operations'

/** Of fewer records each is shown whole. */
const LEAST_RECORDS = 3

/**
 * Takes out the fields that all records have with the same value. Records that differ in nothing keep
 * everything.
 */
export const splitCommon = (
  records: readonly JsonObject[],
): { readonly common: JsonObject; readonly own: readonly JsonObject[] } => {
  const [first = {}, ...others] = records
  const isCommon = (name: string) =>
    others.every((record) => JSON.stringify(record[name]) === JSON.stringify(first[name]))
  const names = new Set(Object.keys(first).filter(isCommon))
  const isUseful = records.length >= LEAST_RECORDS && names.size < Object.keys(first).length
  if (!isUseful) return { common: {}, own: records }
  const pick = (record: JsonObject, isWanted: (name: string) => boolean): JsonObject =>
    Object.fromEntries(Object.entries(record).filter(([name]) => isWanted(name)))
  return {
    common: pick(first, (name) => names.has(name)),
    own: records.map((record) => pick(record, (name) => !names.has(name))),
  }
}
