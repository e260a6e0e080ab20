import type { OperationDescription } from './operation.ts'

const FIELD_WEIGHTS = { name: 3, title: 2, description: 1 } as const
const PARTIAL_MATCH = 0.5

/**
 * The operations that fit the words of `query` best, best first, at most `limit`; those that share no
 * word with it are left out; words such as `the` count only where there are no others. A word counts by where it is found (name 3, title 2, description 1), by
 * half when only its start is shared, and times its rarity `ln(1 + N / operations that have it)`.
 * Equal scores are ordered by name.
 */
export const searchOperations = <T extends OperationDescription>(
  operations: readonly T[],
  query: string,
  limit = 10,
): T[] => {
  const entries = operations.map((operation) => ({
    operation,
    words: wordsByField(operation),
    score: 0,
  }))
  // Sorted, for sums of fractions depend on their order.
  for (const word of soughtWords(query)) {
    const strengths = entries.map(({ words }) => strengthOf(word, words))
    const holders = strengths.filter((strength) => strength > 0).length
    const rarity = Math.log(1 + entries.length / Math.max(holders, 1))
    for (const [index, entry] of entries.entries()) entry.score += rarity * (strengths[index] ?? 0)
  }
  return entries
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || byName(a.operation, b.operation))
    .slice(0, limit)
    .map(({ operation }) => operation)
}

/** Words that say nothing of what is to be done: they stand in most descriptions. */
const FUNCTION_WORDS = new Set(
  `a an and any are as at be by can do does for from had has have how i if in is it its me my no not of on or
  should so some that the their them then there they this to was we were what when where which who will with you
  your`.split(/\s+/),
)

/** The words of a query that tell operations apart; all of them where there are no such. */
const soughtWords = (query: string): string[] => {
  const words = [...new Set(toWords(query))]
  const telling = words.filter((word) => !FUNCTION_WORDS.has(word))
  return (telling.length > 0 ? telling : words).toSorted()
}

interface FieldWords {
  readonly weight: number
  readonly words: readonly string[]
}

const wordsByField = ({ name, title, description }: OperationDescription): FieldWords[] => [
  { weight: FIELD_WEIGHTS.name, words: toWords(name) },
  { weight: FIELD_WEIGHTS.title, words: toWords(title) },
  { weight: FIELD_WEIGHTS.description, words: toWords(description) },
]

const toWords = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

const strengthOf = (word: string, fields: readonly FieldWords[]): number =>
  Math.max(
    ...fields.flatMap(({ weight, words }) => words.map((other) => weight * likeness(word, other))),
    0,
  )

/**
 * 1 for the same word; half for one that begins the other with at least 4 letters (`plan`,
 * `planning`) or shares the first 60 % of the longer (`memory`, `memories`); else 0.
 */
const likeness = (a: string, b: string): number => {
  if (a === b) return 1
  const shared = sharedStart(a, b)
  const isStart = shared >= 4 && shared === Math.min(a.length, b.length)
  return isStart || shared >= 0.6 * Math.max(a.length, b.length) ? PARTIAL_MATCH : 0
}

const sharedStart = (a: string, b: string): number => {
  let length = 0
  while (length < a.length && a[length] === b[length]) length += 1
  return length
}

// Code units and not a locale: the order must be the same on every machine.
const byName = (a: OperationDescription, b: OperationDescription): number =>
  a.name < b.name ? -1 : Number(a.name > b.name)
