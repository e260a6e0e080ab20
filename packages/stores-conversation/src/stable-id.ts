import { createHash } from 'node:crypto'

/**
 * The same id for the same parts, in the form of a UUID of version 8: what is read from a transcript
 * twice is recognised by it.
 */
export const stableId = (...parts: readonly string[]): string => {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  const groups = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ]
  return groups.join('-')
}
