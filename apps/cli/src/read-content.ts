import { CommandError } from './failure.ts'
import { untilInterrupted } from './interruption.ts'

const LIMIT_BYTES = 1024 * 1024

/**
 * Standard input as text, without the line break at its end. Stops reading at 1 MiB.
 *
 * @throws CommandError `too-large`, or `invalid-text` for what is not UTF-8
 */
export const readContent = async (
  input: AsyncIterable<Uint8Array> = process.stdin,
): Promise<string> => {
  const bytes = await untilInterrupted(readBytes(input))
  return decode(bytes).replace(/\r?\n$/, '')
}

const readBytes = async (input: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of input) {
    length += chunk.length
    if (length > LIMIT_BYTES) {
      throw new CommandError(
        'too-large',
        'standard input: at most 1 MiB (1,048,576 bytes) is taken',
      )
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const decode = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new CommandError('invalid-text', 'standard input: expected UTF-8 text')
  }
}
