import type { Database } from '@athena-memory/db-core'
import type { CandidateSource, OpenSource, Selection } from './candidate-source.ts'
import { type LogPosition, readChanges } from './change-log.ts'
import { createCollectionReader, type CountedCollection } from './collection.ts'
import { readDocuments } from './read-documents.ts'
import { readTexts } from './read-texts.ts'
import {
  createDocumentDecoder,
  type DocumentDecoder,
  type StoredDocument,
} from './stored-document.ts'
import { findByPlaces, findByRows, findByStems } from './text-candidates.ts'

/** Once this many documents were remembered between searches, all are forgotten: about 0.5 KB each. */
const MOST_REMEMBERED = 40_000

interface Remembered {
  readonly decoder: DocumentDecoder
  readonly documents: Map<number, StoredDocument>
  readonly position: LogPosition
}

/** Candidates that the database finds. Documents are remembered until they change. */
export const createDatabaseSource = (): OpenSource => {
  const readCollection = createCollectionReader()
  let remembered: Remembered | undefined

  const follow = async (snapshot: Database): Promise<Remembered> => {
    const known = remembered
    const { reached, rowNumbers } = await readChanges(snapshot, known?.position)
    if (known === undefined || !rowNumbers || known.decoder.decoded > MOST_REMEMBERED) {
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
  documents: new Map(),
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
    const read = await readDocuments(snapshot, decoder, unknown)
    for (const document of read) documents.set(document.rowNumber, document)
    return rowNumbers.flatMap((rowNumber) => documents.get(rowNumber) ?? [])
  }
  return {
    collection,
    isInMemory: false,
    countHolders: (stems) => collection.countStems(snapshot, stems),
    // A stem that no document brought so far may come with the next ones.
    texts: { memory: decoder.texts, find: decoder.stems.number },
    readTexts: (rowNumbers) => readTexts(snapshot, rowNumbers),
    holding: async (stems) => load(await findByStems(snapshot, stems, selection.filter)),
    listed: async (rows) => load(await findByRows(snapshot, rows, selection.filter)),
    standingAt: async (places) => load(await findByPlaces(snapshot, places, selection.filter)),
  }
}
