import type { Database } from '@athena-memory/db-core'
import {
  type CandidateSource,
  MOST_CANDIDATES,
  type OpenSource,
  type Selection,
} from '../documents/candidate-source.ts'
import { type LogPosition, readChanges } from '../documents/change-log.ts'
import { readAllDocuments, readDocuments } from '../documents/read-documents.ts'
import {
  createDocumentDecoder,
  type DocumentDecoder,
  type StoredDocument,
} from '../documents/stored-document.ts'
import { createDocumentMirror, type DocumentMirror } from './document-mirror.ts'
import { loadTexts, type TextKeeper } from './text-keeper.ts'

/** Candidates from documents that are kept in memory. */
export interface MemorySource {
  /** Brings what is kept up to the snapshot, all of it the first time. */
  readonly open: OpenSource
  isLoaded(): boolean
  /** Frees the memory. */
  unload(): void
}

interface Loaded {
  readonly decoder: DocumentDecoder
  readonly mirror: DocumentMirror
  readonly texts: TextKeeper
  readonly position: LogPosition
}

/** A source that has nothing loaded yet. */
export const createMemorySource = (): MemorySource => {
  let loaded: Loaded | undefined
  // One search at a time moves what is kept on.
  let turn: Promise<unknown> = Promise.resolve()

  const follow = async (snapshot: Database): Promise<Loaded> => {
    const { reached, rowNumbers } = await readChanges(snapshot, loaded?.position)
    if (loaded === undefined || rowNumbers === undefined || loaded.mirror.isWorn()) {
      loaded = undefined
      loaded = { ...(await load(snapshot)), position: { reached } }
    } else {
      if (rowNumbers.length > 0) await apply(snapshot, loaded, rowNumbers)
      loaded = { ...loaded, position: { reached } }
    }
    return loaded
  }

  return {
    async open(snapshot, selection) {
      const followed = turn.then(() => follow(snapshot))
      turn = followed.catch(() => undefined)
      return toSource(snapshot, await followed, selection)
    },
    isLoaded: () => loaded !== undefined,
    unload() {
      loaded = undefined
    },
  }
}

const load = async (snapshot: Database): Promise<Omit<Loaded, 'position'>> => {
  const decoder = createDocumentDecoder()
  const mirror = createDocumentMirror(decoder)
  for await (const documents of readAllDocuments(snapshot, decoder)) documents.forEach(mirror.put)
  return { decoder, mirror, texts: await loadTexts(snapshot) }
}

const apply = async (
  snapshot: Database,
  { decoder, mirror, texts }: Loaded,
  rowNumbers: readonly number[],
): Promise<void> => {
  const present = await readDocuments(snapshot, decoder, rowNumbers)
  texts.forget(rowNumbers)
  rowNumbers.forEach(mirror.remove)
  present.forEach(mirror.put)
}

const toSource = (
  snapshot: Database,
  { decoder, mirror, texts }: Loaded,
  { includes }: Selection,
): CandidateSource => ({
  collection: mirror.collection(),
  isInMemory: true,
  texts: { memory: decoder.texts, find: decoder.stems.find },
  readTexts: (rowNumbers) => texts.read(snapshot, rowNumbers),
  async countHolders(asked) {
    const counts = asked.flatMap((stem): [string, number][] => {
      const number = decoder.stems.find(stem)
      return number === undefined ? [] : [[stem, mirror.countHolders(number)]]
    })
    return new Map(counts)
  },
  async holding(asked) {
    const numbers = asked.flatMap((stem) => decoder.stems.find(stem) ?? [])
    const found = mirror.holding(numbers).filter(includes)
    if (found.length <= MOST_CANDIDATES) return found
    return found.toSorted((a, b) => b.rowNumber - a.rowNumber).slice(0, MOST_CANDIDATES)
  },
  // Loops: on lists of this length they take a third of the time of `flatMap`.
  async listed(rowNumbers) {
    const found: StoredDocument[] = []
    for (const rowNumber of rowNumbers) {
      const document = mirror.get(rowNumber)
      if (document !== undefined && includes(document)) found.push(document)
    }
    return found
  },
  async standingAt(places) {
    const found: StoredDocument[] = []
    for (const { group, position } of places) {
      for (const document of mirror.standingAt(group, position))
        if (includes(document)) found.push(document)
    }
    return found
  },
})
