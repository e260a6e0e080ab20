/** How far the most and the least important text move from the middle. */
const IMPORTANCE_SWING = 0.1

/** The factor for an importance from 0 to 1; 1 for the middle and where none is known. */
export const importanceFactor = (importance: number | undefined): number => {
  if (importance === undefined || Number.isNaN(importance)) return 1
  const bounded = Math.min(Math.max(importance, 0), 1)
  return 1 + IMPORTANCE_SWING * (2 * bounded - 1)
}
