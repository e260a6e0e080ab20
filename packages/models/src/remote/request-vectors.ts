import type { RemoteOptions } from '../config/embedder-options.ts'
import type { EmbeddingSpace } from '../embedding-space.ts'
import { postJson } from './post-json.ts'
import { toVectors } from './to-vectors.ts'

/** What differs between kinds of servers; the body of a request is the same for all of them. */
export interface EmbeddingProtocol {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** The vectors out of an answer, in the order of the texts; they are checked one by one afterwards. */
  readonly readVectors: (answer: unknown) => readonly unknown[]
}

/** A server, the space of its vectors, and how to ask for them. */
export interface VectorServer {
  readonly protocol: EmbeddingProtocol
  readonly space: EmbeddingSpace
  readonly options: RemoteOptions
}

const toBody = ({ model, dimensions, sendDimensions }: RemoteOptions, input: readonly string[]) =>
  sendDimensions ? { model, input, dimensions } : { model, input }

/** Asks once for the vectors of these texts, which already carry their prefix. */
export const requestVectors = async (
  { protocol, space, options }: VectorServer,
  inputs: readonly string[],
  signal?: AbortSignal,
): Promise<Float32Array[]> => {
  const { url, headers, readVectors } = protocol
  const { timeoutMs } = options
  const answer = await postJson({ url, headers, body: toBody(options, inputs), timeoutMs, signal })
  return toVectors(readVectors(answer), inputs.length, space)
}
