/** Bytes of the code of a vector: one bit a dimension, rounded up to whole 32-bit words. */
export const codeBytes = (dimensions: number): number => Math.ceil(dimensions / 32) * 4

/**
 * The code of a vector: bit i of the little-endian words is set where dimension i is above 0. How many
 * bits of two codes differ estimates the angle between their vectors (Charikar 2002, "Similarity
 * Estimation Techniques from Rounding Algorithms").
 */
export const toSignBits = (vector: Float32Array): Uint8Array => {
  const bits = new Uint8Array(codeBytes(vector.length))
  for (let dimension = 0; dimension < vector.length; dimension++) {
    const byte = dimension >> 3
    if ((vector[dimension] ?? 0) > 0) bits[byte] = (bits[byte] ?? 0) | (1 << (dimension & 7))
  }
  return bits
}

/** The code of a vector as PostgreSQL writes bits: dimension 0 first. */
export const toBitText = (vector: Float32Array): string => {
  let text = ''
  for (const value of vector) text += value > 0 ? '1' : '0'
  return text
}

/** Reads codes, one after the other, as words; copies, since a driver's bytes need not be aligned. */
export const toWords = (bits: Uint8Array): Uint32Array =>
  new Uint32Array(Uint8Array.from(bits).buffer)
