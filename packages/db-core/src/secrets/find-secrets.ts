import { SECRET_PATTERNS } from './secret-patterns.ts'

/** Where a secret lies in its text, in UTF-16 code units. */
export type TextRange = readonly [start: number, end: number]

/** The places of keys, tokens and passwords in a text, in order and apart from each other. */
export const findSecrets = (text: string): TextRange[] =>
  mergeRanges(SECRET_PATTERNS.flatMap((pattern) => rangesOf(text, pattern)))

/** More than the longest form of a secret has characters. */
const LONGEST_SECRET = 21_000

/**
 * Where to cut a text that is to have at most `length` UTF-16 code units: before a secret that would
 * else be cut apart, since nobody recognises half a secret.
 */
export const cutBeforeSecret = (text: string, length: number): number => {
  const secrets = findSecrets(text.slice(0, length + LONGEST_SECRET))
  const torn = secrets.find(([start, end]) => start < length && length <= end)
  return torn ? torn[0] : Math.min(length, text.length)
}

/** Joins ranges that overlap or touch. */
export const mergeRanges = (ranges: readonly TextRange[]): TextRange[] => {
  const merged: TextRange[] = []
  for (const [start, end] of ranges.toSorted(([a], [b]) => a - b)) {
    const last = merged.at(-1)
    if (last && start <= last[1]) merged[merged.length - 1] = [last[0], Math.max(last[1], end)]
    else merged.push([start, end])
  }
  return merged
}

/** Most texts match nothing: `matchAll` would copy the pattern to find that out. */
const rangesOf = (text: string, pattern: RegExp): TextRange[] => {
  if (text.search(pattern) < 0) return []
  return Array.from(text.matchAll(pattern), ({ index, 0: found }) => [index, index + found.length])
}
