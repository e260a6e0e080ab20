import { hash } from 'node:crypto'

/** SHA-256 of a content as it is stored, which is without NUL, in hex. */
export const hashContent = (content: string): string =>
  hash('sha256', content.replaceAll('\0', ''), 'hex')
