import type { Database } from '@athena-memory/db-core'
import { LRUCache } from 'lru-cache'
import type { CandidateSource, OpenSource, Selection } from './candidate-source.ts'
import { type LogPosition, readChanges } from './change-log.ts'
import { createCollectionReader, type CountedCollection } from './collection.ts'
import { readDocuments } from './read-documents.ts'
import {
  createDocumentDecoder,
  type DocumentDecoder,
  type StoredDocument,
} from './stored-document.ts'
import { findByPlaces, findByRows, findByStems } from './text-candidates.ts'

/** Documents remembered between searches, about 1 KB each. */
const MOST_REMEMBERED = 20_000

/** Stems are numbered anew once there are this many: those of forgotten documents are among them. */
const MOST_STEMS = 500_000

interface Remembered {
  readonly decoder: DocumentDecoder
  readonly documents: LRUCache<number, StoredDocument>
  readonly position: LogPosition
}

/** Candidates that the database finds. Documents are remembered until they change. */
export const createDatabaseSource = (): OpenSource => {
  const readCollection = createCollectionReader()
  let remembered: Remembered | undefined

  const follow = async (snapshot: Database): Promise<Remembered> => {
    const known = remembered
    const { reached, rowNumbers } = await readChanges(snapshot, known?.position)
    if (known === undefined || !rowNumbers || known.decoder.stems.size > MOST_STEMS) {
      remembered = startAnew({ reached })
      return remembered
    }
    for (const rowNumber of rowNumbers) known.documents.delete(rowNumber)
    remembered = { ...known, position: { reached } }
    return remembered
  }

  return async (snapshot, selection) => {
    const collection = await readCollection(snapshot)
    return toSource({ snapshot, collection, selection, ...(await follow(snapshot)) })
  }
}

const startAnew = (position: LogPosition): Remembered => ({
  decoder: createDocumentDecoder(),
  documents: new LRUCache<number, StoredDocument>({ max: MOST_REMEMBERED }),
  position,
})

interface Opened extends Remembered {
  readonly snapshot: Database
  readonly collection: CountedCollection
  readonly selection: Selection
}

const toSource = (opened: Opened): CandidateSource => {
  const { snapshot, collection, selection, decoder, documents } = opened
  const load = async (rowNumbers: readonly number[]): Promise<StoredDocument[]> => {
    const unknown = rowNumbers.filter((rowNumber) => !documents.has(rowNumber))
    const read = new Map<number, StoredDocument>()
    for (const document of await readDocuments(snapshot, decoder, unknown)) {
      read.set(document.rowNumber, document)
      documents.set(document.rowNumber, document)
    }
    return rowNumbers.flatMap((row) => read.get(row) ?? documents.get(row) ?? [])
  }
  return {
    collection,
    countHolders: (stems) => collection.countStems(snapshot, stems),
    numberOf: (stem) => decoder.stems.number(stem),
    holding: async (stems) => load(await findByStems(snapshot, stems, selection.filter)),
    listed: async (rows) => load(await findByRows(snapshot, rows, selection.filter)),
    standingAt: async (places) => load(await findByPlaces(snapshot, places, selection.filter)),
  }
}
