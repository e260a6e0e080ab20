import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** The lines of the first `bytes` of a gzip'd text file. */
export async function* readLines(path: string, bytes: number): AsyncGenerator<string> {
  const packed = createReadStream(path, { end: bytes - 1 })
  // What goes wrong ends the loop below; the callback is only there because one is asked for.
  const text = pipeline(packed, createGunzip(), () => undefined).setEncoding('utf8')
  yield* splitLines(text)
}

/** Lines are long and come in many parts: parts are joined once a line. */
async function* splitLines(parts: AsyncIterable<string>): AsyncGenerator<string> {
  let unfinished: string[] = []
  for await (const part of parts) {
    const [first = '', ...others] = part.split('\n')
    unfinished.push(first)
    for (const other of others) {
      yield unfinished.join('')
      unfinished = [other]
    }
  }
  const last = unfinished.join('')
  if (last !== '') yield last
}
