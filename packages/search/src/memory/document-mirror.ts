import type { Collection } from '../documents/candidate-source.ts'
import type { DocumentDecoder, StoredDocument } from '../documents/stored-document.ts'
import { createCollectionCounter } from './collection-counter.ts'
import { createGroupMembers, type GroupMembers } from './group-members.ts'
import { createHolders } from './holders.ts'

/** It should be made anew once this many documents were erased, and this share of all that it holds. */
const [WORN_DOCUMENTS, WORN_SHARE] = [1000, 0.25]

/** All documents of a tenant in memory, with an index of their stems. */
export interface DocumentMirror extends Pick<GroupMembers, 'standingAt'> {
  /** Counts and mean lengths as of now. */
  collection(): Collection
  /** Adds a document, or replaces that of its row number. */
  put(document: StoredDocument): void
  remove(rowNumber: number): void
  get(rowNumber: number): StoredDocument | undefined
  /** How many documents hold a stem, by its number. */
  countHolders(stem: number): number
  /** The documents that hold at least one of the stems, each once. */
  holding(stems: readonly number[]): StoredDocument[]
  /** Whether so much of it is left of erased documents that it should be made anew. */
  isWorn(): boolean
}

/** An empty mirror of documents that come from one decoder. */
export const createDocumentMirror = ({ texts }: Pick<DocumentDecoder, 'texts'>): DocumentMirror => {
  /** Documents in the order in which they came; erased ones leave a gap. */
  const documents: (StoredDocument | undefined)[] = []
  /** Where in `documents` they stand, by row number. */
  const places = new Map<number, number>()
  const counter = createCollectionCounter()
  const holders = createHolders()
  const members = createGroupMembers()

  const get = (rowNumber: number) => {
    const place = places.get(rowNumber)
    return place === undefined ? undefined : documents[place]
  }

  const stemsOf = ({ start, end }: StoredDocument) => texts.numbers.subarray(start, end)

  const remove = (rowNumber: number) => {
    const place = places.get(rowNumber)
    const document = place === undefined ? undefined : documents[place]
    if (place === undefined || document === undefined) return
    documents[place] = undefined
    places.delete(rowNumber)
    counter.remove(document)
    members.remove(document)
    holders.remove(stemsOf(document))
  }

  return {
    collection: counter.collection,
    put(document) {
      remove(document.rowNumber)
      places.set(document.rowNumber, documents.length)
      holders.add(documents.length, stemsOf(document))
      documents.push(document)
      counter.add(document)
      members.add(document)
    },
    remove,
    get,
    countHolders: holders.count,
    holding(stems) {
      const found: StoredDocument[] = []
      const seen = new Uint8Array(documents.length)
      for (const stem of stems) {
        holders.visit(stem, (place) => {
          const document = documents[place]
          if (seen[place] === 1 || document === undefined) return
          seen[place] = 1
          found.push(document)
        })
      }
      return found
    },
    standingAt: members.standingAt,
    isWorn() {
      const erased = documents.length - places.size
      return erased > WORN_DOCUMENTS && erased > WORN_SHARE * places.size
    },
  }
}
