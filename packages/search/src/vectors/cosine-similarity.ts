/** The length of a vector. */
export const norm = (vector: Float32Array): number => Math.sqrt(dot(vector, vector))

/** The scalar product of two vectors of equal length. */
export const dot = (a: Float32Array, b: Float32Array): number => {
  // Four sums side by side: each step of one would have to wait for its last.
  let [first, second, third, fourth] = [0, 0, 0, 0]
  const whole = a.length - (a.length % 4)
  for (let at = 0; at < whole; at += 4) {
    first += stepOf(a, b, at)
    second += stepOf(a, b, at + 1)
    third += stepOf(a, b, at + 2)
    fourth += stepOf(a, b, at + 3)
  }
  for (let at = whole; at < a.length; at++) first += stepOf(a, b, at)
  return first + second + third + fourth
}

const stepOf = (a: Float32Array, b: Float32Array, at: number): number => (a[at] ?? 0) * (b[at] ?? 0)

/** The cosine of the angle between vectors of these lengths, from -1 to 1; NaN where one is all zeros. */
export const toCosine = (product: number, normA: number, normB: number): number =>
  Math.max(-1, Math.min(1, product / (normA * normB)))
