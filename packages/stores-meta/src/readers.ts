import type { Database } from '@athena-memory/db-core'
import type { ItemRef } from '@athena-memory/db-core/stores'

/**
 * What meta memory gets to know of other layers. A store imports no store and reads no table of
 * another layer: whoever composes them gives it readers, which count rows of one layer each. All of
 * them read from the database that they are given, which may be a transaction, and call nothing else.
 */
export interface MetaReaders {
  readonly layers: readonly LayerReader[]
  /** What working memory holds now; without it nothing is known of the load. */
  readonly load?: ((db: Database, scope: { projectId: string }) => Promise<WorkingLoad>) | undefined
}

/** How one layer is read. Lists are at most `limit` long, what matters most first. */
export interface LayerReader {
  /** In kebab-case, such as `semantic`. */
  readonly layer: string
  /** As what its rows count in expertise. */
  readonly countsAs: CountsAs
  /** What it holds of each domain, counted from its current rows; most rows first. */
  domains(db: Database, scope: ReaderScope): Promise<readonly DomainFigures[]>
  /** How what was tried since a time turned out, by domain; most failures first. */
  outcomes?(db: Database, scope: ReaderScope & { since: Date }): Promise<readonly DomainOutcomes[]>
  /** Rows that cannot all be true; the most severe first. */
  contradictions?(db: Database, scope: ReaderScope): Promise<readonly Contradiction[]>
}

export type CountsAs = 'memories' | 'episodes' | 'procedures' | 'entities'

/** What to read. */
export interface ReaderScope {
  readonly projectId: string
  /** Only this domain; absent for all. */
  readonly domain?: string | undefined
  readonly limit: number
}

/** Rows of one layer in one domain. */
export interface DomainFigures {
  readonly domain: string
  /** From 1: a domain without rows is left out. */
  readonly count: number
  /** Means over these rows, from 0 to 1; absent where the layer knows none. */
  readonly meanConfidence?: number | undefined
  readonly meanUsefulness?: number | undefined
  /** When the first of them was made. */
  readonly firstSeenAt?: Date | undefined
}

/** How things turned out in one domain. */
export interface DomainOutcomes {
  readonly domain: string
  /** Rows with a known outcome, and those of them that failed. */
  readonly total: number
  readonly failures: number
  /** Some of the failures, the latest first. */
  readonly evidence: readonly ItemRef[]
}

/** Rows that cannot all be true. */
export interface Contradiction {
  /** A name that tells it from others, such as that of an entity. Erased with its evidence. */
  readonly subject: string
  readonly domain?: string | undefined
  /** From 0 to 1. */
  readonly severity: number
  readonly items: readonly ItemRef[]
}

/** What working memory holds, and how much it may. */
export interface WorkingLoad {
  readonly active: number
  /** From 1. */
  readonly capacity: number
}
