import { createCodeMemory } from './code-memory.ts'
import { leastFirst } from './least-first.ts'
import { createRowLists } from './row-lists.ts'

/** An embedding, and the document that it belongs to, by row numbers. */
export interface CodedRow {
  readonly rowNumber: number
  readonly documentRow: number
}

/** Codes of vectors in memory, found by the row number of their embedding. */
export interface CodeTable {
  readonly size: number
  /** Adds the code of a row, or replaces it; its document stays the same. */
  set(row: CodedRow, code: Uint32Array): void
  delete(rowNumber: number): void
  /** The rows of a document. */
  ofDocument(documentRow: number): CodedRow[]
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
  const rowsOf = createRowLists()
  /** Whether a ranking reads `documents`: before the next change it is left to it. */
  let isLent = false

  const reserve = (wanted: number) => {
    if (wanted <= rows.length) return
    rows = grown(rows, new Float64Array(rows.length * 2))
    documents = grown(documents, new Float64Array(documents.length * 2))
  }
  const own = () => {
    if (isLent) [documents, isLent] = [documents.slice(), false]
  }

  return {
    get size() {
      return size
    },
    set({ rowNumber, documentRow }, code) {
      const known = slots.get(rowNumber)
      if (known !== undefined) return codes.set(known, code)
      const slot = size++
      reserve(size)
      own()
      slots.set(rowNumber, slot)
      rowsOf.add(documentRow, rowNumber)
      rows[slot] = rowNumber
      documents[slot] = documentRow
      codes.set(slot, code)
    },
    delete(rowNumber) {
      const slot = slots.get(rowNumber)
      if (slot === undefined) return
      slots.delete(rowNumber)
      rowsOf.remove(documents[slot] ?? 0, rowNumber)
      size--
      if (slot === size) return
      const last = rows[size] ?? 0
      codes.copy(size, slot)
      rows[slot] = last
      own()
      documents[slot] = documents[size] ?? 0
      slots.set(last, slot)
    },
    ofDocument: (documentRow) =>
      rowsOf.of(documentRow).map((rowNumber) => ({ rowNumber, documentRow })),
    rank(code) {
      isLent = true
      const [distances, owners] = [codes.distances(code, size).slice(), documents]
      const ownerOf = (slot: number) => owners[slot] ?? 0
      return (limit) => [...new Set(leastFirst(distances, words * 32, limit).map(ownerOf))]
    },
  }
}

const grown = <Numbers extends Float64Array>(from: Numbers, to: Numbers): Numbers => {
  to.set(from)
  return to
}
