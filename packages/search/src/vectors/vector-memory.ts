import { createKernels, reserveBytes } from './kernels.ts'
import type { Similarities } from './similarity.ts'

/** Vectors that stay in memory between searches take about this much. */
const REMEMBERED_BYTES = 32 * 1024 ** 2

/** From this share on it is kept in mind what was compared when. */
const NEARLY_FULL = 0.9

/** Vectors of documents, in a memory of their own. Those of a row number never change. */
export interface VectorMemory {
  /** Adds the vectors of a document's pieces. */
  add(documentRow: number, pieces: readonly Float32Array[]): void
  /**
   * How alike a vector and the best piece of each of these documents are, from -1 to 1; what has no
   * vectors here, or only such of zeros, is left out.
   */
  compare(vector: Float32Array, documentRows: readonly number[]): Similarities
  /** Drops what was compared longest ago, as far as there is too much. */
  trim(): void
}

/** How many vectors of so many dimensions a memory keeps. */
export const mostRemembered = (dimensions: number): number =>
  Math.ceil(REMEMBERED_BYTES / slotBytes(dimensions))

/** The numbers of a vector, rounded up to whole steps of the comparison. */
const slotBytes = (dimensions: number): number => Math.ceil(dimensions / 8) * 32

/** An empty memory for vectors of so many dimensions. */
export const createVectorMemory = (dimensions: number): VectorMemory => {
  const slots = createSlots(dimensions)
  const most = mostRemembered(dimensions)
  /** The slots of a document's pieces; the documents that were compared longest ago first. */
  const documents = new Map<number, readonly number[]>()
  return {
    add(documentRow, pieces) {
      if (!documents.has(documentRow)) documents.set(documentRow, pieces.map(slots.add))
    },
    compare(vector, documentRows) {
      slots.seek(vector)
      // Until some must go soon, the order is of no account.
      const isNearlyFull = slots.taken() > NEARLY_FULL * most
      const similarities = new Map<number, number>()
      for (const documentRow of documentRows) {
        const pieces = documents.get(documentRow)
        if (pieces === undefined) continue
        if (isNearlyFull) {
          documents.delete(documentRow)
          documents.set(documentRow, pieces)
        }
        const similarity = slots.best(pieces)
        if (!Number.isNaN(similarity)) similarities.set(documentRow, similarity)
      }
      return similarities
    },
    trim() {
      for (const [documentRow, pieces] of documents) {
        if (slots.taken() <= most) return
        documents.delete(documentRow)
        slots.release(pieces)
      }
    },
  }
}

/** Room for vectors, each in a slot, and for one that is sought among them. */
const createSlots = (dimensions: number) => {
  const { memory, dot } = createKernels()
  const bytes = slotBytes(dimensions)
  const lengths: number[] = []
  const free: number[] = []

  const write = (slot: number, vector: Float32Array) => {
    const start = slot * bytes
    if (start + bytes > memory.buffer.byteLength) reserveBytes(memory, (start + bytes) * 1.25)
    new Float32Array(memory.buffer, start, dimensions).set(vector)
    lengths[slot] = Math.sqrt(dot(start, start, bytes))
  }
  /** The vector that is sought has a slot as well. */
  const SOUGHT = 0
  write(SOUGHT, new Float32Array(dimensions))

  return {
    taken: () => lengths.length - free.length,
    add(vector: Float32Array): number {
      const slot = free.pop() ?? lengths.length
      write(slot, vector)
      return slot
    },
    release: (slots: readonly number[]) => free.push(...slots),
    seek: (vector: Float32Array) => write(SOUGHT, vector),
    /** The greatest cosine of the vector sought and one of these; NaN where none has a direction. */
    best(slots: readonly number[]): number {
      let best = NaN
      for (const slot of slots) {
        const product = dot(SOUGHT * bytes, slot * bytes, bytes)
        const similarity = product / ((lengths[SOUGHT] ?? 0) * (lengths[slot] ?? 0))
        if (!Number.isNaN(similarity)) best = similarity <= best ? best : similarity
      }
      return Math.max(-1, Math.min(1, best))
    },
  }
}
