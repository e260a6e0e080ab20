/** The vector of length 1 in the same direction. What has no direction stays as it is. */
export const toUnit = (vector: Float32Array): Float32Array => {
  let squares = 0
  for (const value of vector) squares += value * value
  const length = Math.sqrt(squares) || 1
  return vector.map((value) => value / length)
}
