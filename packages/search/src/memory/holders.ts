import type { StoredDocument } from '../documents/stored-document.ts'

/** Lists are made anew once they name this many erased documents, and this share of all. */
const [WORN_DOCUMENTS, WORN_SHARE] = [1000, 0.25]

/** Which documents hold which stem. */
export interface Holders {
  add(document: StoredDocument): void
  /** Takes a document out of the counts; lists go on naming it until they are made anew. */
  remove(document: StoredDocument): void
  /** How many documents hold a stem. */
  count(stem: number): number
  /** Those that hold a stem, and some that were removed. */
  of(stem: number): readonly StoredDocument[]
  /** Whether a document that a list names was not removed. */
  isPresent(document: StoredDocument): boolean
  /** Whether lists name so many removed documents that they should be made anew. */
  isWorn(): boolean
  /** Makes all lists anew. */
  fill(documents: Iterable<StoredDocument>): void
}

const NONE: readonly StoredDocument[] = []

/** Empty lists. */
export const createHolders = (): Holders => {
  let lists: StoredDocument[][] = []
  let counts: number[] = []
  let present = 0
  const removed = new Set<StoredDocument>()

  const add = (document: StoredDocument) => {
    present++
    for (const piece of document.pieces) {
      for (const stem of piece) {
        const list = (lists[stem] ??= [])
        // Documents come one after the other, so one that is in the list already is its last.
        if (list[list.length - 1] === document) continue
        list.push(document)
        counts[stem] = (counts[stem] ?? 0) + 1
      }
    }
  }

  return {
    add,
    remove(document) {
      present--
      removed.add(document)
      for (const stem of new Set(document.pieces.flat())) counts[stem] = (counts[stem] ?? 0) - 1
    },
    count: (stem) => counts[stem] ?? 0,
    of: (stem) => lists[stem] ?? NONE,
    isPresent: (document) => removed.size === 0 || !removed.has(document),
    isWorn: () => removed.size > WORN_DOCUMENTS && removed.size > WORN_SHARE * present,
    fill(documents) {
      ;[lists, counts, present] = [[], [], 0]
      removed.clear()
      for (const document of documents) add(document)
    },
  }
}
