import type { Database } from '@athena-memory/db-core'
import type { Component } from './items/capacity.ts'
import type { ContentType } from './items/activation.ts'
import type { Origin, PathKind } from './items/item.ts'
import type { RoutedLayer } from './router/layers.ts'

/** What an item is made of, and where that is now. */
export interface OutgoingPart {
  readonly layer: string
  readonly id: string
  /** Its text and all else, where it went into a chunk and has no row of its own any more. */
  readonly snapshot?: Origin | undefined
}

/** An item that leaves working memory, with everything that must not be lost. */
export interface OutgoingItem {
  /** Its id in working memory; the row of the other layer has its own. */
  readonly id: string
  readonly projectId: string
  readonly content: string
  readonly contentType: ContentType
  readonly component: Component
  readonly importance: number
  readonly activation: number
  readonly tags: readonly string[]
  readonly source?: string | undefined
  readonly origin?: Origin | undefined
  readonly path?: string | undefined
  readonly pathKind?: PathKind | undefined
  /** In order; empty unless it was bound or is a chunk. */
  readonly parts: readonly OutgoingPart[]
  /** When it came into working memory. */
  readonly heldSince: Date
  /** The layer that the router, or the caller, wanted: another one than this where that has no sink. */
  readonly intendedLayer: RoutedLayer
}

/** An item that another layer is ready to take in. */
export interface PreparedMove {
  /**
   * Writes it with `tx` alone, and answers the id of the row that holds it. It may be called again
   * after a conflict, or never; it must not call a model or the network.
   */
  write(tx: Database): Promise<{ readonly id: string }>
}

/** A layer that takes in what leaves working memory. */
export interface WorkingSink {
  /**
   * Makes items ready, outside any transaction: checks, analyses and embeds them, all at once. Answers
   * one move for each item, in their order, and writes nothing.
   */
  prepare(items: readonly OutgoingItem[]): Promise<readonly PreparedMove[]>
}

/** The layers that take items in. */
export type WorkingSinks = Readonly<Partial<Record<RoutedLayer, WorkingSink>>>
