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
  const widths = fitWidths(naturalWidths([head, ...rows]), terminal.width)
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

/** Whether columns of these cells can stand beside each other without being cut to nothing. */
export const fitsAsTable = (terminal: Terminal, { head, rows }: TableContent): boolean => {
  const least = naturalWidths([head, ...rows]).map((width) => Math.min(width, LEAST_COLUMN * 2))
  return least.reduce((sum, width) => sum + width + GAP, -GAP) <= terminal.width
}

const naturalWidths = (rows: readonly (readonly string[])[]): number[] => {
  const count = Math.max(0, ...rows.map((row) => row.length))
  return Array.from({ length: count }, (_, column) =>
    Math.max(1, ...rows.map((row) => cellWidth(row[column] ?? ''))),
  )
}

const cellWidth = (cell: string): number =>
  Math.max(...cell.split('\n').map((line) => stringWidth(line)))

/** Shortens the widest columns alike until all fit; none below 8 characters. */
const fitWidths = (widths: readonly number[], available: number): number[] => {
  // The last column's gap may hang over: it is trimmed away.
  const room = available - GAP * (widths.length - 1)
  let limit = Math.max(0, ...widths)
  const atMost = (most: number) =>
    widths.map((width) => Math.min(width, Math.max(most, LEAST_COLUMN)))
  const total = () => atMost(limit).reduce((sum, width) => sum + width, 0)
  while (total() > room && limit > LEAST_COLUMN) limit -= 1
  return atMost(limit)
}

const trimLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
