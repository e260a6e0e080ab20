/**
 * Scales a vector to length 1 in place and says whether it could: a vector of zeros has no direction,
 * and a length that is not a finite number cannot be divided by. Both are left as they are.
 */
export const normalise = (vector: Float32Array): boolean => {
  let sumOfSquares = 0
  for (const value of vector) sumOfSquares += value * value
  const length = Math.sqrt(sumOfSquares)
  if (length === 0 || !Number.isFinite(length)) return false
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] ?? 0) / length
  return true
}
