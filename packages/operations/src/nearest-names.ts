/**
 * The candidates that `name` was probably meant to be, nearest first, at most three. Case and
 * separators do not count, so `project_id` finds `projectId`; beyond that one letter in three may
 * differ. Ties keep the order of the candidates.
 */
export const nearestNames = (name: string, candidates: readonly string[]): string[] => {
  const wanted = fold(name)
  const allowed = Math.max(1, Math.floor(wanted.length / 3))
  return candidates
    .map((candidate) => ({ candidate, distance: editDistance(wanted, fold(candidate)) }))
    .filter(({ distance }) => distance <= allowed)
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}

// No name is this long; without a bound a caller could have a megabyte compared.
const LONGEST = 80

const fold = (name: string): string => name.slice(0, LONGEST).toLowerCase().replaceAll(/[-_ ]/g, '')

/**
 * How many letters must be inserted, deleted or replaced to turn `a` into `b` (Levenshtein 1966), by
 * the row-by-row algorithm of Wagner and Fischer (1974).
 */
export const editDistance = (a: string, b: string): number => {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (const [row, letter] of a.split('').entries()) {
    const current = [row + 1]
    for (const [column, other] of b.split('').entries()) {
      const replaced = (previous[column] ?? 0) + (letter === other ? 0 : 1)
      const shifted = Math.min(previous[column + 1] ?? 0, current[column] ?? 0) + 1
      current.push(Math.min(replaced, shifted))
    }
    previous = current
  }
  return previous.at(-1) ?? 0
}
