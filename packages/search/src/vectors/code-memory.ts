import { createKernels, reserveBytes, strideOf } from './kernels.ts'

/** Codes by slot, in a memory of their own. */
export interface CodeMemory {
  /** Puts a code into a slot; slots are filled one after the other. */
  set(slot: number, code: Uint32Array): void
  copy(from: number, to: number): void
  /** How many bits of `code` differ from that of each of the first `count` slots; valid until the next call. */
  distances(code: Uint32Array, count: number): Uint16Array
}

const FIRST_CAPACITY = 1024

/** A memory for codes of `words` 32-bit words: the code sought, all codes, and room for distances. */
export const createCodeMemory = (words: number): CodeMemory => {
  const stride = strideOf(words)
  const { memory, compareCodes } = createKernels()
  let capacity = 0
  let codes = new Uint32Array()

  const reserve = (wanted: number) => {
    if (wanted <= capacity) return
    capacity = Math.max(FIRST_CAPACITY, 2 * capacity, wanted)
    reserveBytes(memory, stride * (1 + capacity) + 2 * capacity)
    codes = new Uint32Array(memory.buffer, 0, ((1 + capacity) * stride) / 4)
  }
  /** Slot 0 is for the code sought. */
  const offset = (slot: number) => ((1 + slot) * stride) / 4

  return {
    set(slot, code) {
      reserve(slot + 1)
      codes.set(code.subarray(0, words), offset(slot))
    },
    copy(from, to) {
      codes.copyWithin(offset(to), offset(from), offset(from + 1))
    },
    distances(code, count) {
      reserve(Math.max(count, 1))
      codes.set(code.subarray(0, words), 0)
      const distances = stride * (1 + capacity)
      compareCodes({ sought: 0, codes: stride, count, stride, distances })
      return new Uint16Array(memory.buffer, distances, count)
    },
  }
}
