/** A document that was found, and why. */
export interface SearchResult {
  readonly layer: string
  readonly sourceId: string
  readonly kind: string
  readonly projectId: string
  readonly content: string
  /** 1 - cosine distance to the question, from -1 to 1; absent where it was not compared. */
  readonly semanticSimilarity?: number | undefined
  /** Place in the order by text alone, from 1; absent where no stem of the question is held. */
  readonly keywordRank?: number | undefined
  /** What results are ordered by: relevance to the question times the factors in `signals`. */
  readonly hybridScore: number
  /**
   * Relevance by `text` and by `similarity`, each from 0 to 1 for the best of this search, and the
   * factors of all other signals, 1 where one has nothing to say.
   */
  readonly signals: Readonly<Record<string, number>>
  readonly speaker?: string | undefined
  readonly role?: string | undefined
  readonly groupId?: string | undefined
  readonly position?: number | undefined
  readonly importance?: number | undefined
  readonly tags: readonly string[]
  readonly consolidationState?: string | undefined
  readonly occurredAt?: Date | undefined
  readonly validFrom?: Date | undefined
  readonly validUntil?: Date | undefined
}

/** What a search found, best first, and what the caller should know of how. */
export interface SearchOutcome {
  readonly results: SearchResult[]
  readonly notices: string[]
}
