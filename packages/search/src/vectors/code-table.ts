import { createCodeMemory } from './code-memory.ts'

/** An embedding, and the document that it belongs to, by row numbers. */
export interface CodedRow {
  readonly rowNumber: number
  readonly documentRow: number
}

/** Codes of vectors in memory, found by the row number of their embedding. */
export interface CodeTable {
  readonly size: number
  /** Adds the code of a row, or replaces it. */
  set(row: CodedRow, code: Uint32Array): void
  delete(rowNumber: number): void
  /** Compares all codes with `code`; gives row numbers of documents, nearest first, at most `limit`. */
  rank(code: Uint32Array): (limit: number) => number[]
}

const FIRST_CAPACITY = 1024

/** An empty table for codes of `words` 32-bit words. It grows as needed and stays dense. */
export const createCodeTable = (words: number): CodeTable => {
  const codes = createCodeMemory(words)
  let rows = new Float64Array(FIRST_CAPACITY)
  let documents = new Float64Array(FIRST_CAPACITY)
  let size = 0
  const slots = new Map<number, number>()

  const reserve = () => {
    if (size < rows.length) return
    rows = grown(rows, new Float64Array(rows.length * 2))
    documents = grown(documents, new Float64Array(documents.length * 2))
  }

  return {
    get size() {
      return size
    },
    set({ rowNumber, documentRow }, code) {
      let slot = slots.get(rowNumber)
      if (slot === undefined) {
        reserve()
        slot = size++
        slots.set(rowNumber, slot)
        rows[slot] = rowNumber
      }
      documents[slot] = documentRow
      codes.set(slot, code)
    },
    delete(rowNumber) {
      const slot = slots.get(rowNumber)
      if (slot === undefined) return
      slots.delete(rowNumber)
      size--
      if (slot === size) return
      const last = rows[size] ?? 0
      codes.copy(size, slot)
      rows[slot] = last
      documents[slot] = documents[size] ?? 0
      slots.set(last, slot)
    },
    rank(code) {
      const distances = codes.distances(code, size).slice()
      const owners = documents
      return (limit) => {
        const nearest = leastFirst(distances, words * 32, limit)
        return [...new Set(nearest.map((slot) => owners[slot] ?? 0))]
      }
    },
  }
}

const grown = <Numbers extends Float64Array>(from: Numbers, to: Numbers): Numbers => {
  to.set(from)
  return to
}

/** The places of the `limit` least distances, least first, equals in order; by counting. */
export const leastFirst = (distances: Uint16Array, greatest: number, limit: number): number[] => {
  const { starts, bound, taken } = startsOf(countEach(distances, greatest), limit)
  const places: number[] = Array.from({ length: taken }, () => 0)
  for (let place = 0; place < distances.length; place++) {
    const distance = distances[place] ?? 0
    if (distance >= bound) continue
    places[starts[distance] ?? 0] = place
    increment(starts, distance)
  }
  return places.slice(0, limit)
}

/** How many there are of each distance. */
const countEach = (distances: Uint16Array, greatest: number): Uint32Array => {
  const counts = new Uint32Array(greatest + 1)
  for (let place = 0; place < distances.length; place++) increment(counts, distances[place] ?? 0)
  return counts
}

/** Where those of each distance begin among the least; all distances below `bound` are taken. */
const startsOf = (counts: Uint32Array, limit: number) => {
  const starts = new Uint32Array(counts.length)
  let [bound, taken] = [0, 0]
  for (; bound < counts.length && taken < limit; bound++) {
    starts[bound] = taken
    taken += counts[bound] ?? 0
  }
  return { starts, bound, taken }
}

const increment = (numbers: Uint32Array, at: number): void => {
  numbers[at] = (numbers[at] ?? 0) + 1
}
