import { createReadStream } from 'node:fs'

/** A line of a file. */
export interface FileLine {
  /** From 1, as editors count. */
  readonly number: number
  /** Undefined where the line is too long to be read. */
  readonly text: string | undefined
  /** Where it begins and where the next one does, in bytes. */
  readonly start: number
  readonly end: number
  /** Whether a newline ends it; somebody may still be writing one that has none. */
  readonly isComplete: boolean
}

/** A place between two lines. */
export interface LinePlace {
  /** In bytes. */
  readonly offset: number
  /** Lines before it. */
  readonly lines: number
}

/** Longer lines are not read, in bytes. */
export const MAX_LINE_BYTES = 16_777_216

const NEWLINE = 10

/** The lines of a file from a place on. Memory holds one of them at a time. */
export const readLines = async function* (
  path: string,
  from: LinePlace,
  maxBytes = MAX_LINE_BYTES,
): AsyncGenerator<FileLine> {
  const parts: Buffer[] = []
  let [start, number, size] = [from.offset, from.lines + 1, 0]
  const finish = (isComplete: boolean): FileLine => {
    const text = size > maxBytes ? undefined : Buffer.concat(parts).toString('utf8')
    const end = start + size + (isComplete ? 1 : 0)
    const line = { number, text, start, end, isComplete }
    parts.length = 0
    ;[start, number, size] = [end, number + 1, 0]
    return line
  }
  const keep = (bytes: Buffer) => {
    size += bytes.length
    if (size <= maxBytes) parts.push(bytes)
    else parts.length = 0
  }
  const chunks: AsyncIterable<Buffer> = createReadStream(path, { start: from.offset })
  for await (const chunk of chunks) {
    let begin = 0
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, begin)) {
      keep(chunk.subarray(begin, at))
      yield finish(true)
      begin = at + 1
    }
    keep(chunk.subarray(begin))
  }
  if (size > 0) yield finish(false)
}
