import type { Collection } from '../documents/candidate-source.ts'
import type { StoredDocument } from '../documents/stored-document.ts'
import type { Group } from '../score/candidate.ts'
import { createCollectionCounter } from './collection-counter.ts'
import { createHolders, type Holders } from './holders.ts'

/** All documents of a tenant in memory, with an index of their stems. */
export interface DocumentMirror {
  /** Counts and mean lengths as of now. */
  collection(): Collection
  /** Adds a document, or replaces that of its row number. */
  put(document: StoredDocument): void
  remove(rowNumber: number): void
  get(rowNumber: number): StoredDocument | undefined
  /** Which documents hold which stem, by the number of the stem. */
  readonly holders: Pick<Holders, 'count' | 'of' | 'isPresent'>
  standingAt(group: Group, position: number): readonly StoredDocument[]
}

const NONE: readonly StoredDocument[] = []

/** An empty mirror. */
export const createDocumentMirror = (): DocumentMirror => {
  const documents = new Map<number, StoredDocument>()
  const counter = createCollectionCounter()
  const holders = createHolders()
  const groups = new Map<Group, Map<number, StoredDocument[]>>()

  const place = ({ group, position }: StoredDocument): StoredDocument[] => {
    if (group === undefined || position === undefined) return []
    const members = groups.get(group) ?? new Map<number, StoredDocument[]>()
    groups.set(group, members)
    const standing = members.get(position) ?? []
    members.set(position, standing)
    return standing
  }

  const remove = (rowNumber: number) => {
    const document = documents.get(rowNumber)
    if (document === undefined) return
    documents.delete(rowNumber)
    counter.remove(document)
    const standing = place(document)
    standing.splice(standing.indexOf(document), 1)
    holders.remove(document)
    if (holders.isWorn()) holders.fill(documents.values())
  }

  return {
    collection: counter.collection,
    put(document) {
      remove(document.rowNumber)
      documents.set(document.rowNumber, document)
      counter.add(document)
      place(document).push(document)
      holders.add(document)
    },
    remove,
    get: (rowNumber) => documents.get(rowNumber),
    holders,
    standingAt: (group, position) => groups.get(group)?.get(position) ?? NONE,
  }
}
