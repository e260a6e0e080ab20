/**
 * The nearest-rank percentile: the least of the values that at least `percent` % of them do not exceed.
 *
 * @param percent above 0, at most 100
 * @throws RangeError without values
 */
export const percentile = (values: readonly number[], percent: number): number => {
  const rank = Math.ceil((percent / 100) * values.length)
  const value = values.toSorted((a, b) => a - b)[rank - 1]
  if (value === undefined)
    throw new RangeError('percentile needs values, and percent from 0 to 100')
  return value
}
