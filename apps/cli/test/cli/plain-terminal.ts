import stringWidth from 'string-width'
import type { Terminal } from '../../src/terminal/terminal.ts'

/** A terminal of some width that shows no colours. */
export const plainTerminal = (width: number): Terminal => ({
  width,
  isInteractive: true,
  style: (_, text) => text,
})

/** The width of the widest line, in columns. */
export const widest = (text: string): number =>
  Math.max(...text.split('\n').map((line) => stringWidth(line)))
