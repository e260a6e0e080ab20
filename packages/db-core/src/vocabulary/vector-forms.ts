/** A vector as pgvector takes it in binary form: how many numbers, two bytes of nothing, and the numbers. */
export const toVectorBytes = (vector: Float32Array): Buffer => {
  const bytes = Buffer.allocUnsafe(4 + 4 * vector.length)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  view.setUint16(0, vector.length)
  view.setUint16(2, 0)
  for (let at = 0; at < vector.length; at++) view.setFloat32(4 + 4 * at, vector[at] ?? 0)
  return bytes
}

/** Reads what pgvector writes. */
export const fromVectorText = (text: string): Float32Array =>
  Float32Array.from(text.slice(1, -1).split(','), Number)
