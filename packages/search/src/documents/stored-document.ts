import { decodeStems } from '../analysis/pieces.ts'
import { createStemNumbers, type StemNumbers } from '../analysis/stem-numbers.ts'
import { createTextMemory, type TextMemory } from '../analysis/text-memory.ts'
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
  length: number,
  pieces: string,
]

/**
 * Makes documents of rows. Equal stems get one number, equal words and groups one object. Texts go into
 * one memory and stay there.
 */
export interface DocumentDecoder {
  readonly stems: StemNumbers
  readonly texts: Pick<TextMemory, 'numbers'>
  /** Documents so far. */
  readonly decoded: number
  decode(row: StoredRow): StoredDocument
}

/** A decoder with numbers and a memory of its own. */
export const createDocumentDecoder = (): DocumentDecoder => {
  const stems = createStemNumbers()
  const texts = createTextMemory()
  let decoded = 0
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
    const group = groups.get(name) ?? { layer, id, number: groups.size }
    groups.set(name, group)
    return group
  }
  return {
    stems,
    texts,
    get decoded() {
      return decoded
    },
    decode(row) {
      decoded++
      const [rowNumber, projectId, layer, kind, speaker, role, groupId, position] = row
      const [, , , , , , , , importance, occurredAt, validFrom, validUntil, state, tags, asks] = row
      const numbers = decodeStems(row[15]).map((stem) => stems.number(stem))
      const { start, end } = texts.add(numbers, row[17])
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
        start,
        end,
        length: row[16],
        endsInQuestion: asks === 1,
        speaksOfTime: numbers.some((number) => stems.speaksOfTime(number)),
      }
    },
  }
}

const NONE: readonly string[] = []

const present = (value: number | null): number | undefined => value ?? undefined
