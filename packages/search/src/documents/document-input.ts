import type { AnalyzedText } from '../analysis/pieces.ts'

/** A text worth finding, and what is known of it. */
export interface DocumentInput {
  /** The layer and the row there that the text belongs to; together they name the document. */
  readonly layer: string
  readonly sourceId: string
  readonly kind: string
  readonly projectId: string
  readonly content: string
  /** Who said it, by name. A question that names the speaker prefers these texts. */
  readonly speaker?: string | undefined
  /** In which role: `user`, `assistant`, ... What users state counts more. */
  readonly role?: string | undefined
  /** The session, thread or file it stands in, and its place there: consecutive integers. */
  readonly groupId?: string | undefined
  readonly position?: number | undefined
  /** From 0 to 1. */
  readonly importance?: number | undefined
  readonly tags?: readonly string[] | undefined
  /** When it was said or happened. */
  readonly occurredAt?: Date | undefined
  /** When it is true: from `validFrom` on, until just before `validUntil`. */
  readonly validFrom?: Date | undefined
  readonly validUntil?: Date | undefined
  readonly consolidationState?: string | undefined
}

/** A document ready to be written: analysed, and embedded where that worked. */
export interface PreparedDocument {
  readonly input: DocumentInput
  readonly text: AnalyzedText
  /** The vectors of its pieces; absent while it has none. */
  readonly embedding?: PreparedEmbedding
  /** Why it has no vectors, although there is an embedder. */
  readonly notice?: string
}

/** Vectors of the pieces of one document, all of one space. */
export interface PreparedEmbedding {
  readonly spaceId: string
  readonly vectors: readonly Float32Array[]
}
