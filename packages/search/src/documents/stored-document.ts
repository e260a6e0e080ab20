import { decodePieces, decodeStems } from '../analysis/pieces.ts'
import { createStemNumbers, type StemNumbers } from '../analysis/stem-numbers.ts'
import type { Candidate, Group } from '../score/candidate.ts'

/** What is kept in memory of a document: all that filters and scores read. Times in ms since 1970. */
export interface StoredDocument extends Candidate {
  readonly projectId: string
  readonly layer: string
  readonly kind: string
  readonly tags: readonly string[]
  readonly consolidationState: string | undefined
  readonly validFrom: number | undefined
  readonly validUntil: number | undefined
}

/** A document as the database gives it, in the order of `storedColumns`. */
export type StoredRow = readonly [
  rowNumber: number,
  projectId: string,
  layer: string,
  kind: string,
  speaker: string | null,
  role: string | null,
  groupId: string | null,
  position: number | null,
  importance: number | null,
  occurredAt: number | null,
  validFrom: number | null,
  validUntil: number | null,
  consolidationState: string | null,
  tags: readonly string[],
  /** 1 or 0. */
  endsInQuestion: number,
  stems: string,
  pieces: string,
]

/** Makes documents of rows. Equal stems get one number, equal words and groups one object. */
export interface DocumentDecoder {
  readonly stems: StemNumbers
  decode(row: StoredRow): StoredDocument
}

/** A decoder with numbers of its own. */
export const createDocumentDecoder = (): DocumentDecoder => {
  const stems = createStemNumbers()
  const words = new Map<string, string>()
  const groups = new Map<string, Group>()
  const share = (word: string): string => {
    const known = words.get(word)
    if (known !== undefined) return known
    words.set(word, word)
    return word
  }
  const shareOptional = (word: string | null) => (word === null ? undefined : share(word))
  const toGroup = (layer: string, id: string | null): Group | undefined => {
    if (id === null) return undefined
    const name = `${layer} ${id}`
    const group = groups.get(name) ?? { layer, id }
    groups.set(name, group)
    return group
  }
  return {
    stems,
    decode(row) {
      const [rowNumber, projectId, layer, kind, speaker, role, groupId, position] = row
      const [, , , , , , , , importance, occurredAt, validFrom, validUntil, state, tags, asks] = row
      const numbers = decodeStems(row[15]).map((stem) => stems.number(stem))
      const pieces = toNumbers(decodePieces(row[16]), numbers)
      return {
        rowNumber,
        projectId: share(projectId),
        layer: share(layer),
        kind: share(kind),
        speaker: shareOptional(speaker),
        role: shareOptional(role),
        group: toGroup(share(layer), groupId),
        position: present(position),
        importance: present(importance),
        occurredAt: present(occurredAt),
        validFrom: present(validFrom),
        validUntil: present(validUntil),
        consolidationState: shareOptional(state),
        tags: tags.length === 0 ? NONE : tags.map(share),
        pieces,
        length: pieces.reduce((sum, piece) => sum + piece.length, 0),
        endsInQuestion: asks === 1,
        speaksOfTime: numbers.some((number) => stems.speaksOfTime(number)),
      }
    },
  }
}

const NONE: readonly string[] = []

const present = (value: number | null): number | undefined => value ?? undefined

/** Puts the number of each stem in its place; in place, since the places are not needed again. */
const toNumbers = (pieces: number[][], numbers: readonly number[]): number[][] => {
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at++) piece[at] = numbers[piece[at] ?? 0] ?? 0
  }
  return pieces
}
