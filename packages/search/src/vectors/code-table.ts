/** Codes of vectors in memory, found by the row number of their embedding. */
export interface CodeTable {
  readonly size: number
  /** Adds the code of a row, or replaces it. */
  set(rowNumber: number, code: Uint32Array): void
  delete(rowNumber: number): void
  /** Row numbers of the codes nearest to `code`, nearest first; at most `limit`. */
  nearest(code: Uint32Array, limit: number): number[]
}

const FIRST_CAPACITY = 1024

/** An empty table for codes of `words` 32-bit words. It grows as needed and stays dense. */
export const createCodeTable = (words: number): CodeTable => {
  let codes = new Uint32Array(FIRST_CAPACITY * words)
  let rows = new Float64Array(FIRST_CAPACITY)
  let size = 0
  const slots = new Map<number, number>()

  const reserve = () => {
    if (size < rows.length) return
    codes = grown(codes, new Uint32Array(codes.length * 2))
    rows = grown(rows, new Float64Array(rows.length * 2))
  }

  return {
    get size() {
      return size
    },
    set(rowNumber, code) {
      let slot = slots.get(rowNumber)
      if (slot === undefined) {
        reserve()
        slot = size++
        slots.set(rowNumber, slot)
        rows[slot] = rowNumber
      }
      codes.set(code.subarray(0, words), slot * words)
    },
    delete(rowNumber) {
      const slot = slots.get(rowNumber)
      if (slot === undefined) return
      slots.delete(rowNumber)
      size--
      if (slot === size) return
      const last = rows[size] ?? 0
      codes.copyWithin(slot * words, size * words, (size + 1) * words)
      rows[slot] = last
      slots.set(last, slot)
    },
    nearest(code, limit) {
      const distances = hammingDistances(codes.subarray(0, size * words), code.subarray(0, words))
      return leastFirst(distances, words * 32, limit).map((slot) => rows[slot] ?? 0)
    },
  }
}

const grown = <Numbers extends Uint32Array | Float64Array>(from: Numbers, to: Numbers): Numbers => {
  to.set(from)
  return to
}

/** How many bits of `code` differ from each of the codes that stand in `codes` one after the other. */
export const hammingDistances = (codes: Uint32Array, code: Uint32Array): Uint16Array => {
  const words = code.length
  const distances = new Uint16Array(codes.length / words)
  for (let slot = 0, at = 0; slot < distances.length; slot++) {
    let distance = 0
    for (let word = 0; word < words; word++)
      distance += countBits((codes[at++] ?? 0) ^ (code[word] ?? 0))
    distances[slot] = distance
  }
  return distances
}

/** Bits set in a 32-bit word, in parallel (Warren, "Hacker's Delight", 5-1). */
const countBits = (word: number): number => {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** The places of the `limit` least distances, least first, equals in order; by counting. */
export const leastFirst = (distances: Uint16Array, greatest: number, limit: number): number[] => {
  const counts = new Uint32Array(greatest + 1)
  for (const distance of distances) counts[distance] = (counts[distance] ?? 0) + 1
  let bound = 0
  for (let taken = 0; bound < greatest; bound++) {
    taken += counts[bound] ?? 0
    if (taken >= limit) break
  }
  const places: number[] = []
  distances.forEach((distance, place) => {
    if (distance <= bound) places.push(place)
  })
  return places.toSorted((a, b) => (distances[a] ?? 0) - (distances[b] ?? 0)).slice(0, limit)
}
