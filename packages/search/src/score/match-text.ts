import { PIECE_END, type TextMemory } from '../analysis/text-memory.ts'
import type { Candidate } from './candidate.ts'
import { addRow, createRows, FIRST_STEM, LENGTH, NO_ROW, type Rows } from './rows.ts'
import type { TextQuery } from './text-query.ts'

/** What a query finds in candidates. */
export interface Matches<One extends Candidate = Candidate> {
  readonly candidates: readonly One[]
  readonly rows: Rows
  /**
   * Where the rows of each candidate begin, and where those of the last one end, in `rows.values`. A text
   * of one piece has one row. A longer one has a row for each piece that holds a stem of the query, or one
   * for a piece without, and then one for the whole text, where pairs are not counted.
   */
  readonly starts: readonly number[]
}

/** Texts, and the numbers of their stems. */
export interface Texts {
  readonly memory: Pick<TextMemory, 'numbers'>
  /** The number of a stem; absent where no text holds it. */
  find(stem: string): number | undefined
}

/** Matches one query against candidates, some at a time. */
export interface Matcher<One extends Candidate> extends Matches<One> {
  add(candidates: readonly One[]): void
}

/** A matcher for a query. */
export const createMatcher = <One extends Candidate>(
  query: TextQuery,
  texts: Texts,
): Matcher<One> => {
  const numbered = numberQuery(query, texts)
  const rows = createRows({ stems: query.stems.length, pairs: query.pairs.length })
  const candidates: One[] = []
  const starts = [0]
  return {
    candidates,
    rows,
    starts,
    add(added) {
      const matching = { ...numbered, numbers: texts.memory.numbers, rows }
      for (const candidate of added) {
        matchText(matching, candidate)
        candidates.push(candidate)
        starts.push(rows.count * rows.width)
      }
    },
  }
}

/** A query over numbered stems. */
interface NumberedQuery {
  /** For each number of a stem where in a row it stands; 0 for stems that are not sought. */
  readonly columns: Uint16Array
  /** Where in a row the pair of two columns stands, at `first * width + second`; 0 for what is no pair. */
  readonly pairColumns: Uint16Array
}

const numberQuery = ({ stems, pairs }: TextQuery, { find }: Texts): NumberedQuery => {
  const numbers = stems.map((stem) => find(stem) ?? PIECE_END)
  const columns = new Uint16Array(Math.max(PIECE_END, ...numbers) + 1)
  numbers.forEach((number, place) => (columns[number] = FIRST_STEM + place))
  columns[PIECE_END] = 0
  const width = FIRST_STEM + stems.length + pairs.length
  const pairColumns = new Uint16Array(width ** 2)
  pairs.forEach(([first, second], at) => {
    pairColumns[(FIRST_STEM + first) * width + FIRST_STEM + second] = FIRST_STEM + stems.length + at
  })
  return { columns, pairColumns }
}

interface Matching extends NumberedQuery {
  readonly numbers: Uint32Array
  readonly rows: Rows
}

/** Adds the rows of a text. */
const matchText = (matching: Matching, { start, end, length }: Candidate): void => {
  const { numbers, rows } = matching
  const first = rows.count * rows.width
  let pieceStart = start
  for (let at = start; at < end; at++) {
    if (numbers[at] !== PIECE_END) continue
    matchPiece(matching, pieceStart, at)
    pieceStart = at + 1
  }
  matchPiece(matching, pieceStart, end)
  const isWhole = pieceStart === start
  if (rows.count * rows.width === first) {
    // No piece holds a stem: the last one stands for all.
    const row = addRow(rows)
    rows.values[row + LENGTH] = end - pieceStart
  }
  if (!isWhole) addWhole(rows, first, length)
}

/** Adds the row of a piece, where it holds a stem of the query. */
const matchPiece = (
  { columns, pairColumns, numbers, rows }: Matching,
  start: number,
  end: number,
): void => {
  let row = NO_ROW
  let previous = 0
  for (let at = start; at < end; at++) {
    const number = numbers[at] ?? PIECE_END
    const column = number < columns.length ? (columns[number] ?? 0) : 0
    if (column > 0) {
      if (row === NO_ROW) {
        row = addRow(rows)
        rows.values[row + LENGTH] = end - start
      }
      count(rows, row + column)
      const pair = pairColumns[previous * rows.width + column] ?? 0
      if (pair > 0) count(rows, row + pair)
    }
    previous = column
  }
}

/** Adds the sum of the rows from `first` on, apart from pairs. */
const addWhole = (rows: Rows, first: number, length: number): void => {
  const whole = addRow(rows)
  const { values, width, stems } = rows
  for (let row = first; row < whole; row += width) {
    for (let at = FIRST_STEM; at < FIRST_STEM + stems; at++)
      values[whole + at] = (values[whole + at] ?? 0) + (values[row + at] ?? 0)
  }
  values[whole + LENGTH] = length
}

const count = ({ values }: Rows, at: number): void => {
  values[at] = (values[at] ?? 0) + 1
}
