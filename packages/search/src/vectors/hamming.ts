/**
 * `hamming.wat`, assembled. To make it anew: `npx -y -p wabt@1.0.39 wat2wasm hamming.wat -o hamming.wasm`,
 * then `base64 -w0 hamming.wasm`.
 */
const assembled =
  'AGFzbQEAAAABCQFgBX9/f39/AAISAQZhdGhlbmEGbWVtb3J5AgABAwIBAAcNAQlkaXN0YW5jZXMAAApnAWUCA38BfiABIAIgA2xqIQUCQANAIAEgBU8NAUIAIQggACEGIAAgA2ohBwNAIAggBikDACABKQMAhXt8IQggAUEIaiEBIAZBCGohBiAGIAdJDQALIAQgCD0BACAEQQJqIQQMAAsLCw=='

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

/** What is used of WebAssembly, which only the types of browsers declare. */
declare const WebAssembly: {
  readonly Memory: new (options: { initial: number }) => CodeBuffer
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (
    module: object,
    imports: { athena: { memory: CodeBuffer } },
  ) => { readonly exports: Readonly<Record<string, unknown>> }
}

/** Memory that grows by pages of 64 KiB; views of the former `buffer` are then empty. */
export interface CodeBuffer {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}

/** A memory, and what compares codes in it. */
export interface CodeComparer {
  readonly memory: CodeBuffer
  /** Counts the bits in which each of many codes differs from one code. */
  compare(comparison: Comparison): void
}

let compiled: object | undefined

/** Makes a memory of one page. In WebAssembly one instruction counts 64 bits. */
export const createCodeComparer = (): CodeComparer => {
  compiled ??= new WebAssembly.Module(Buffer.from(assembled, 'base64'))
  const memory = new WebAssembly.Memory({ initial: 1 })
  const { distances: compare } = new WebAssembly.Instance(compiled, { athena: { memory } }).exports
  if (typeof compare !== 'function') throw new Error('hamming.wat exports no distances')
  return {
    memory,
    compare({ sought, codes, count, stride, distances }) {
      if (count > 0) compare(sought, codes, count, stride, distances)
    },
  }
}
