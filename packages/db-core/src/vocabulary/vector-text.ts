/** Writes a vector as pgvector reads it, `[1,2,3]`; nine digits keep every 32-bit float. */
export const toVectorText = (vector: Float32Array): string => {
  const parts: string[] = []
  for (const value of vector) parts.push(shortest(value))
  return `[${parts.join(',')}]`
}

/** Reads what pgvector writes. */
export const fromVectorText = (text: string): Float32Array =>
  Float32Array.from(text.slice(1, -1).split(','), Number)

/** `toPrecision` writes -0 as 0. */
const exact = (value: number): string => (value === 0 ? '-0' : value.toPrecision(9))

const shortest = (value: number): string =>
  Number.isInteger(value) && !Object.is(value, -0) ? String(value) : exact(value)
