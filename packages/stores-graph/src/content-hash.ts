import { createHash } from 'node:crypto'

/** SHA-256 of a text, in hex. */
export const hashContent = (content: string): string =>
  createHash('sha256').update(content).digest('hex')
