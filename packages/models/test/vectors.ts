/** The cosine of the angle between two unit vectors. */
export const cosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)

export const lengthOf = (vector: Float32Array): number => Math.sqrt(cosine(vector, vector))
