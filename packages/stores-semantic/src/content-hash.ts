import { createHash } from 'node:crypto'

/** SHA-256 of a content as it is stored, which is without NUL, in hex. */
export const hashContent = (content: string): string =>
  createHash('sha256').update(content.replaceAll('\0', '')).digest('hex')
