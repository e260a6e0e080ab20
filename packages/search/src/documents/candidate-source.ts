import type { Database } from '@athena-memory/db-core'
import type { SQL } from 'drizzle-orm'
import type { Texts } from '../score/match-text.ts'
import type { GroupPlace } from '../score/places-around.ts'
import type { ResultTexts } from './read-texts.ts'
import type { StoredDocument } from './stored-document.ts'

/** What is known of all documents of a tenant. */
export interface Collection {
  readonly documents: number
  /** Mean number of stems in a piece. */
  readonly averageLength: number
  readonly projects: ReadonlyMap<string, ProjectStatistics>
}

/** Documents of a project, and who speaks in them. */
export interface ProjectStatistics {
  readonly documents: number
  readonly speakers: readonly string[]
}

/** The documents that a search is about: the same condition for the database and for memory. */
export interface Selection {
  readonly filter: SQL | undefined
  readonly includes: (document: StoredDocument) => boolean
}

/** Where a search finds its candidates; only those that the selection includes. */
export interface CandidateSource {
  readonly collection: Collection
  /** Whether all documents are in memory. */
  readonly isInMemory: boolean
  /** How many documents hold each of these stems; absent where none does. */
  countHolders(stems: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** The texts of the candidates that it gave. */
  readonly texts: Texts
  /** What results show of these documents. */
  readTexts(rowNumbers: readonly number[]): Promise<ResultTexts>
  /** Documents that hold at least one of the stems, in any order; of too many the newest. */
  holding(stems: readonly string[]): Promise<StoredDocument[]>
  /** The documents of these row numbers, in any order. */
  listed(rowNumbers: readonly number[]): Promise<StoredDocument[]>
  /** The documents that stand at these places, in any order. */
  standingAt(places: readonly GroupPlace[]): Promise<StoredDocument[]>
}

/** Opens a source for one search. */
export type OpenSource = (snapshot: Database, selection: Selection) => Promise<CandidateSource>

/** A question of nothing but common stems is answered from this many of the newest documents. */
export const MOST_CANDIDATES = 3000
