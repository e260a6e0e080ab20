import { styleText } from 'node:util'

type Format = Parameters<typeof styleText>[0]

/** Where text for people goes. */
export interface Terminal {
  /** Columns. */
  readonly width: number
  /** Whether somebody is watching, and not a file or a program. */
  readonly isInteractive: boolean
  /** Colours text, where colours are shown and wanted. */
  readonly style: (format: Format, text: string) => string
}

/** A stream such as `process.stdout`, which has no `isTTY` where it is no terminal. */
interface Stream {
  readonly isTTY?: boolean
  readonly columns: number
  hasColors(): boolean
}

const USUAL_WIDTH = 80
const LEAST_WIDTH = 40

/**
 * What a stream can show. `COLUMNS` is the width where the stream has none; `NO_COLOR`, `FORCE_COLOR`
 * and `TERM=dumb` count as they do for Node.
 */
export const describeTerminal = (
  stream: Stream,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Terminal => {
  const isInteractive = stream.isTTY === true
  const hasColours = isInteractive && stream.hasColors()
  const width = (isInteractive ? stream.columns : Number(env['COLUMNS'])) || USUAL_WIDTH
  return {
    width: Math.max(LEAST_WIDTH, width),
    isInteractive,
    style: (format, text) =>
      hasColours ? styleText(format, text, { validateStream: false }) : text,
  }
}
