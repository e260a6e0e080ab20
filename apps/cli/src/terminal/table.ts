import Table from 'cli-table3'
import stringWidth from 'string-width'
import type { Terminal } from './terminal.ts'
import { wrapText } from './wrap-text.ts'

/** Columns between two columns. */
export const GAP = 2
const LEAST_COLUMN = 8

const borderless = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
}

/** Rows under a head (none where `head` is empty); cells are printable, and may have several lines. */
export interface TableContent {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Break long cells into lines; otherwise they are cut. */
  readonly wrap?: boolean
}

/** A table that fits the terminal: the widest columns give way first. */
export const renderTable = (
  terminal: Terminal,
  { head, rows, wrap = false }: TableContent,
): string => {
  const widths = fitWidths({ head, rows, wrap }, terminal.width)
  const table = new Table({
    chars: borderless,
    style: { 'padding-left': 0, 'padding-right': GAP, head: [], border: [], compact: true },
    head: head.map((title) => terminal.style('bold', title)),
    colWidths: widths.map((width) => width + GAP),
  })
  const fit = (cell: string, width = 1) => (wrap ? wrapText(cell, width).join('\n') : cell)
  table.push(...rows.map((row) => row.map((cell, column) => fit(cell, widths[column]))))
  return trimLines(table.toString())
}

/** A cell that needs more lines than this is read with more ease outside a table. */
const MOST_LINES = 5

/** Whether cells of this content can stand beside each other with no word broken, in a few lines each. */
export const fitsAsTable = (terminal: Terminal, { head, rows }: TableContent): boolean => {
  const room = roomFor(head.length, terminal.width)
  if (sum(columnWidths([head, ...rows], wordWidth)) > room) return false
  const widths = fitWidths({ head, rows, wrap: true }, terminal.width)
  return rows.every((row) =>
    row.every((cell, column) => wrapText(cell, widths[column] ?? 1).length <= MOST_LINES),
  )
}

const columnWidths = (
  rows: readonly (readonly string[])[],
  measure: (cell: string) => number,
): number[] => {
  const count = Math.max(0, ...rows.map((row) => row.length))
  return Array.from({ length: count }, (_, column) =>
    Math.max(1, ...rows.map((row) => measure(row[column] ?? ''))),
  )
}

const cellWidth = (cell: string): number =>
  Math.max(...cell.split('\n').map((line) => stringWidth(line)))

const wordWidth = (cell: string): number =>
  Math.max(...cell.split(/[ \n]/).map((word) => stringWidth(word)))

// The last column's gap may hang over: it is trimmed away.
const roomFor = (columns: number, available: number): number => available - GAP * (columns - 1)

/**
 * Shortens the widest columns alike until all fit: none below 8 characters nor, where cells are broken
 * into lines and there is room, below its longest word.
 */
const fitWidths = ({ head, rows, wrap = false }: TableContent, available: number): number[] => {
  const cells = [head, ...rows]
  const widths = columnWidths(cells, cellWidth)
  const room = roomFor(widths.length, available)
  const words = columnWidths(cells, wordWidth)
  const floors = wrap && sum(words) <= room ? words : widths.map(() => LEAST_COLUMN)
  let limit = Math.max(0, ...widths)
  const atMost = (most: number) =>
    widths.map((width, column) => Math.min(width, Math.max(most, floors[column] ?? 1)))
  while (limit > 1 && sum(atMost(limit)) > room) limit -= 1
  return atMost(limit)
}

const sum = (widths: readonly number[]): number => widths.reduce((total, width) => total + width, 0)

const trimLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
