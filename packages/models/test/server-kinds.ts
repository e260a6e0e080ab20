import {
  createOllamaEmbedder,
  createOpenAiCompatibleEmbedder,
  type Embedder,
  type OllamaOptions,
} from '../src/index.ts'
import { type Answer, rawVector } from './embedding-server.ts'

export const dimensions = 32

/** One of the two kinds of server: how an embedder for it is made and how it writes vectors down. */
export interface ServerKind {
  readonly name: string
  readonly open: (options: OllamaOptions & { readonly url: string }) => Embedder
  readonly answer: (vectors: readonly unknown[]) => Answer
}

// No waiting between repetitions and no prefixes, unless a test asks for them.
const quick = { model: 'test-model', dimensions, retryDelayMs: 0 }

export const ollama: ServerKind = {
  name: 'ollama',
  open: (options) => createOllamaEmbedder({ ...quick, ...options }),
  answer: (embeddings) => ({ body: { model: 'test-model', embeddings } }),
}

export const openAiCompatible: ServerKind = {
  name: 'openai-compatible',
  open: (options) => createOpenAiCompatibleEmbedder({ ...quick, ...options }),
  answer: (vectors) => ({
    body: { data: vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })) },
  }),
}

export const serverKinds: readonly ServerKind[] = [ollama, openAiCompatible]

/** What a server answers that works as it should. */
export const answerAll = (kind: ServerKind, texts: readonly string[]): Answer =>
  kind.answer(texts.map((text) => rawVector(text, dimensions)))
