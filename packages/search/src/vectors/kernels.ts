/**
 * `kernels.wat`, assembled. To make it anew: `npx -y -p wabt@1.0.39 wat2wasm kernels.wat -o kernels.wasm`,
 * then `base64 -w0 kernels.wasm`.
 */
const assembled =
  'AGFzbQEAAAABEAJgBX9/f39/AGADf39/AX0CEgEGYXRoZW5hBm1lbW9yeQIAAQMDAgABBxMCCWRpc3RhbmNlcwAAA2RvdAABCtkBAmUCA38BfiABIAIgA2xqIQUCQANAIAEgBU8NAUIAIQggACEGIAAgA2ohBwNAIAggBikDACABKQMAhXt8IQggAUEIaiEBIAZBCGohBiAGIAdJDQALIAQgCD0BACAEQQJqIQQMAAsLC3ECAX8CeyAAIAJqIQMDQCAEIAD9AAQAIAH9AAQA/eYB/eQBIQQgBSAA/QAEECAB/QAEEP3mAf3kASEFIABBIGohACABQSBqIQEgACADSQ0ACyAEIAX95AEhBCAE/R8AIAT9HwGSIAT9HwIgBP0fA5KSCw=='

/** Bytes of a code in memory: whole 64-bit words. */
export const strideOf = (words: number): number => Math.ceil(words / 2) * 8

/** Where things stand in a memory, in bytes. */
export interface Comparison {
  readonly sought: number
  /** The codes, one after the other, how many there are, and the bytes of each. */
  readonly codes: number
  readonly count: number
  readonly stride: number
  /** Where distances go, 16 bits each. */
  readonly distances: number
}

/** What `kernels.wat` exports. */
interface Exports {
  distances(...places: readonly number[]): void
  dot(...places: readonly number[]): number
}

/** What is used of WebAssembly, which only the types of browsers declare. */
declare const WebAssembly: {
  readonly Memory: new (options: { initial: number }) => KernelMemory
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (
    module: object,
    imports: { athena: { memory: KernelMemory } },
  ) => { readonly exports: Exports }
}

/** Memory that grows by pages of 64 KiB; views of the former `buffer` are then empty. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}

/** A memory, and what compares codes and vectors in it. Places are in bytes. */
export interface Kernels {
  readonly memory: KernelMemory
  /** Counts the bits in which each of many codes differs from one code. */
  compareCodes(comparison: Comparison): void
  /** The scalar product of vectors that begin at `a` and `b`; their `bytes` are a multiple of 32. */
  dot(a: number, b: number, bytes: number): number
}

let compiled: object | undefined

/**
 * Makes a memory of one page. WebAssembly, because there one instruction counts 64 bits or multiplies four
 * floats.
 */
export const createKernels = (): Kernels => {
  compiled ??= new WebAssembly.Module(Buffer.from(assembled, 'base64'))
  const memory = new WebAssembly.Memory({ initial: 1 })
  const { distances, dot } = new WebAssembly.Instance(compiled, { athena: { memory } }).exports
  return {
    memory,
    compareCodes({ sought, codes, count, stride, distances: into }) {
      if (count > 0) distances(sought, codes, count, stride, into)
    },
    dot,
  }
}

/** Makes a memory hold at least so many bytes. */
export const reserveBytes = (memory: KernelMemory, bytes: number): void => {
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE_BYTES)
  if (missing > 0) memory.grow(missing)
}

const PAGE_BYTES = 65_536
