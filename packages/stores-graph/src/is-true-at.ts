import { and, type Column, gt, isNull, lte, or, type SQL } from 'drizzle-orm'

/** What is true at a moment: from `validFrom` on, until just before `validUntil`. */
export const isTrueAt = (
  { validFrom, validUntil }: { validFrom: Column; validUntil: Column },
  at: Date,
): SQL | undefined =>
  and(or(isNull(validFrom), lte(validFrom, at)), or(isNull(validUntil), gt(validUntil, at)))

/** When something old ceased to be true: never before it began, never later than it already said. */
export const endOf = (
  { validFrom, validUntil }: { validFrom: Date | null; validUntil: Date | null },
  replacedFrom: Date,
): Date => {
  const end = validUntil && validUntil < replacedFrom ? validUntil : replacedFrom
  return validFrom && validFrom > end ? validFrom : end
}
