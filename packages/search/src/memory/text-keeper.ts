import type { Database } from '@athena-memory/db-core'
import {
  readFewTexts,
  readTexts,
  type ResultText,
  type ResultTexts,
} from '../documents/read-texts.ts'

/** The texts of a tenant stay in memory while they are no more than this: about 10 MB. */
const MOST_KEPT = { documents: 20_000, characters: 4 * 1024 ** 2 }

/** Texts that results show: all in memory, or none. */
export interface TextKeeper {
  read(snapshot: Database, rowNumbers: readonly number[]): Promise<ResultTexts>
  /** Drops what changed. */
  forget(rowNumbers: readonly number[]): void
}

/** Takes all texts into memory, where they have room. */
export const loadTexts = async (snapshot: Database): Promise<TextKeeper> => {
  const kept = await readFewTexts(snapshot, MOST_KEPT)
  return kept === undefined ? keepNone : keepAll(kept)
}

const keepNone: TextKeeper = { read: readTexts, forget: () => undefined }

const keepAll = (kept: Map<number, ResultText>): TextKeeper => {
  let characters = 0
  for (const { content } of kept.values()) characters += content.length
  const keep = (row: number, text: ResultText) => {
    const withIt = characters + text.content.length
    if (kept.size >= MOST_KEPT.documents || withIt > MOST_KEPT.characters) return
    kept.set(row, text)
    characters = withIt
  }
  return {
    async read(snapshot, rowNumbers) {
      const unknown = rowNumbers.filter((row) => !kept.has(row))
      if (unknown.length === 0) return kept
      const read = await readTexts(snapshot, unknown)
      const texts = { get: (row: number) => kept.get(row) ?? read.get(row) }
      for (const [row, text] of read) keep(row, text)
      return texts
    },
    forget(rowNumbers) {
      for (const row of rowNumbers) {
        characters -= kept.get(row)?.content.length ?? 0
        kept.delete(row)
      }
    },
  }
}
