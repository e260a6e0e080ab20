import { PIECE_END } from '../analysis/text-memory.ts'

/** Which texts hold which stem. Texts are numbered from 0, in the order in which they come. */
export interface Holders {
  add(text: number, stems: Uint32Array): void
  /** Takes a text out of the counts; lists go on naming it. */
  remove(stems: Uint32Array): void
  /** How many texts hold a stem. */
  count(stem: number): number
  /** Calls back with each text that holds a stem, the newest first, removed ones too. */
  visit(stem: number, see: (text: number) => void): void
}

const [FIRST_STEMS, FIRST_ENTRIES] = [1024, 4096]

/**
 * Empty lists. All of them stand in one memory, as pairs of a text and where the entry before it in the same list
 * begins; a rare stem takes no more than its pair.
 */
export const createHolders = (): Holders => {
  let entries = new Int32Array(2 * FIRST_ENTRIES)
  let used = 0
  /** For each stem where its newest entry begins, plus 1, and how many texts hold it. */
  let [newest, counts] = [new Int32Array(FIRST_STEMS), new Int32Array(FIRST_STEMS)]

  const reserve = (stem: number) => {
    if (used + 2 > entries.length) entries = grown(entries, used + 2)
    if (stem < newest.length) return
    newest = grown(newest, stem + 1)
    counts = grown(counts, stem + 1)
  }

  return {
    add(text, stems) {
      for (const stem of stems) {
        if (stem === PIECE_END) continue
        reserve(stem)
        const before = newest[stem] ?? 0
        // Texts come one after the other, so one that is in the list already is its newest.
        if (before > 0 && entries[before - 1] === text) continue
        entries[used] = text
        entries[used + 1] = before
        newest[stem] = used + 1
        used += 2
        counts[stem] = (counts[stem] ?? 0) + 1
      }
    },
    remove(stems) {
      for (const stem of new Set(stems)) counts[stem] = (counts[stem] ?? 0) - 1
    },
    count: (stem) => counts[stem] ?? 0,
    visit(stem, see) {
      for (let entry = newest[stem] ?? 0; entry > 0; entry = entries[entry] ?? 0)
        see(entries[entry - 1] ?? 0)
    },
  }
}

const grown = (from: Int32Array, wanted: number): Int32Array<ArrayBuffer> => {
  const to = new Int32Array(Math.max(wanted, Math.ceil(from.length * 1.5)))
  to.set(from)
  return to
}
