import type { SearchKind } from '../speed/measure-searches.ts'
import type { WorldMemory, WorldQuestion } from '../world/world.ts'

/** Other search engines that can be measured beside ours. */
export const PEER_NAMES = ['sqlite-vec', 'sqlite-vec-bits', 'lancedb', 'orama'] as const

/** `sqlite-vec-bits` seeks by sign bits first, and compares the full vectors of what is near by these. */
export type PeerName = (typeof PEER_NAMES)[number]

/** A memory and its number in the world. */
export interface NumberedMemory extends WorldMemory {
  readonly number: number
}

/** Another search engine, open, over texts and vectors in two projects. */
export interface Peer {
  /** Whether what was inserted is there after closing. */
  readonly isPersistent: boolean
  insert(memories: readonly NumberedMemory[]): Promise<void>
  /** Builds the indexes that are built once everything is there. */
  finish(): Promise<void>
  /** The numbers of the best ten memories of the large project, best first. */
  search(kind: SearchKind, question: WorldQuestion): Promise<number[]>
  close(): Promise<void>
}

/** Results of every search. */
export const PEER_RESULTS = 10

/** What the projects are called in a peer. */
export const projectOf = ({ isInLargeProject }: WorldMemory): 'large' | 'small' =>
  isInLargeProject ? 'large' : 'small'
