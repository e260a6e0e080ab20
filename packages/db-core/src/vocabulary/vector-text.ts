/** Writes a vector as pgvector reads it, `[1,2,3]`; nine digits keep every 32-bit float. */
export const toVectorText = (vector: Float32Array): string => {
  const parts: string[] = []
  for (const value of vector) parts.push(shortest(value))
  return `[${parts.join(',')}]`
}

/** Reads what pgvector writes. */
export const fromVectorText = (text: string): Float32Array =>
  Float32Array.from(text.slice(1, -1).split(','), Number)

const shortest = (value: number): string =>
  Number.isInteger(value) ? String(value) : value.toPrecision(9)
