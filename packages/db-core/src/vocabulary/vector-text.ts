/**
 * Writes a vector as pgvector reads it, `[0x800000p-23,-0xc00000p-24]`: hexadecimal floats as in C, which are
 * exact and take a third of the time of decimal ones.
 */
export const toVectorText = (vector: Float32Array): string => {
  const words = new Uint32Array(vector.buffer, vector.byteOffset, vector.length)
  const parts: string[] = []
  for (const word of words) parts.push(toHexadecimal(word))
  return `[${parts.join(',')}]`
}

/** Reads what pgvector writes. */
export const fromVectorText = (text: string): Float32Array =>
  Float32Array.from(text.slice(1, -1).split(','), Number)

/** All numbers of three hexadecimal digits. */
const digits = Array.from({ length: 4096 }, (_, number) => number.toString(16).padStart(3, '0'))

/** Exponents of two, by the eight bits that stand for them; with 0 the first bit of the digits is 0 too. */
const exponents = Array.from({ length: 256 }, (_, bits) => `p${Math.max(bits, 1) - 150}`)

/** The bits of a 32-bit float (IEEE 754): sign, exponent, and 23 of the 24 bits of its digits. */
const toHexadecimal = (word: number): string => {
  const exponent = (word >>> 23) & 0xff
  const mantissa = (word & 0x7fffff) | (exponent === 0 ? 0 : 0x800000)
  const sign = word >>> 31 === 0 ? '0x' : '-0x'
  return `${sign}${digits[mantissa >>> 12]}${digits[mantissa & 0xfff]}${exponents[exponent]}`
}
