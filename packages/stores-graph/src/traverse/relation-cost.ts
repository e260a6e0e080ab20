/** What a relation weighs at least: the weakest tie is as far as a hundred full ones. */
const MIN_WEIGHT = 0.01

/**
 * How far apart a relation leaves its entities: 1 / weight, from 1 for a tie that is strong and sure to
 * 100 for one that is neither. A way of several sure steps may so be shorter than one doubtful step.
 *
 * @param weight strength times confidence, from 0 to 1
 */
export const relationCost = (weight: number, minWeight = MIN_WEIGHT): number =>
  // Databases print the last digits of a product differently, and ties must be ties on both.
  Math.round(1e9 / Math.max(weight, minWeight)) / 1e9

/** What no relation costs less than, weighted or not. */
export const LEAST_COST = 1
