import { quoteName } from '../health/catalogue.ts'

/** An index that may help. Keys are written as `create index` wants them. */
export interface IndexCandidate {
  readonly schema: string
  readonly table: string
  readonly method: 'btree' | 'gin'
  readonly keys: readonly string[]
}

/** The longest name that PostgreSQL keeps, in bytes. */
const MAX_NAME_BYTES = 63

/** `<table>_<columns>_idx`, shortened to what PostgreSQL keeps. */
export const nameIndex = (
  { table, keys }: IndexCandidate,
  isTaken: (name: string) => boolean,
): string => {
  const words = [table, ...keys.map(bareKey)]
    .join(' ')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_|_$/g, '')
  for (let number = 1; ; number += 1) {
    const end = number === 1 ? '_idx' : `_idx${number}`
    const name = `${shorten(words.toLowerCase(), MAX_NAME_BYTES - end.length)}${end}`
    if (!isTaken(name)) return name
  }
}

/** A key without its direction and its operator class. */
export const bareKey = (key: string): string =>
  key.replace(/(?<=["')])(?: desc| nulls (?:first|last)| \w+_ops)+$/, '')

const shorten = (text: string, bytes: number): string =>
  Buffer.from(text).subarray(0, bytes).toString('utf8').replaceAll(/�+$/g, '')

/** The statement that makes it, `concurrently` or in a transaction. */
export const writeIndex = (
  { schema, table, method, keys }: IndexCandidate,
  name: string,
  { concurrently = false }: { readonly concurrently?: boolean } = {},
): string => {
  const how = concurrently ? 'concurrently ' : ''
  const using = method === 'btree' ? '' : `using ${method} `
  return `create index ${how}${quoteName(name)} on ${quoteName(schema, table)} ${using}(${keys.join(', ')})`
}
