import { createHash, timingSafeEqual } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import { SettingError } from '../setting-error.ts'

/** A bearer token that opens one memory. */
export interface Token {
  /** SHA-256 of the token: what is compared, and all that is kept of it. */
  readonly digest: Buffer
  /** Whose memory it opens; absent for the memory that the server is configured for. */
  readonly tenantId?: string
}

const VARIABLE = 'ATHENA_MCP_TOKENS'
const TENANT = /^[a-z0-9][a-z0-9_-]{0,62}$/i
// RFC 6750, section 2.1.
const BEARER = /^[A-Za-z0-9\-._~+/]+=*$/
const SHORTEST = 16

/**
 * Reads tokens: a JSON object of tenants by token, or `token=tenant` pairs between commas or white
 * space, where `=tenant` may be left out.
 *
 * @param source what the text is called in an error
 * @throws SettingError that says which one is wrong, and never holds one
 */
export const parseTokens = (text: string, source = VARIABLE): Token[] => {
  const trimmed = text.trim()
  const entries = trimmed.startsWith('{') ? parseJson(trimmed, source) : parsePairs(trimmed)
  const tokens = entries.map(([token, tenantId], index) => {
    const problem = problemOf(token, tenantId)
    if (problem) throw new SettingError(source, `entry ${index + 1}: ${problem}`)
    return { digest: digestOf(token), ...(tenantId !== undefined && { tenantId }) }
  })
  if (new Set(entries.map(([token]) => token)).size === tokens.length) return tokens
  throw new SettingError(source, 'every token must be there once')
}

/**
 * Reads tokens from a file that only its owner can read.
 * @throws SettingError
 */
export const readTokens = async (path: string): Promise<Token[]> => {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) throw new SettingError('--tokens', 'expected a file that exists')
  // Windows has no such bits.
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) {
    throw new SettingError('--tokens', 'others can read the file; run chmod 600 on it')
  }
  return parseTokens(await readFile(path, 'utf8'), '--tokens')
}

/** The entry of a token, in a time that says nothing about how much of it is right. */
export const findToken = (tokens: readonly Token[], given: string): Token | undefined => {
  const digest = digestOf(given)
  let match: Token | undefined
  for (const token of tokens) if (timingSafeEqual(token.digest, digest)) match = token
  return match
}

type Entry = readonly [token: string, tenantId?: string]

const parseJson = (text: string, source: string): Entry[] => {
  try {
    return Object.entries(z.record(z.string(), z.string()).parse(JSON.parse(text)))
  } catch {
    throw new SettingError(source, 'expected a JSON object of tenants by token')
  }
}

const parsePairs = (text: string): Entry[] =>
  text
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [, token = entry, tenantId] = /^(.+)=([^=]+)$/.exec(entry) ?? []
      return tenantId === undefined ? [token] : [token, tenantId]
    })

const problemOf = (token: string, tenantId: string | undefined): string | undefined => {
  if (token.length < SHORTEST) return `the token must have at least ${SHORTEST} characters`
  if (!BEARER.test(token)) return 'the token must be of letters, digits and - . _ ~ + / ='
  if (tenantId === undefined || TENANT.test(tenantId)) return undefined
  return 'the tenant must be 1 to 63 letters, digits, "-" or "_"'
}

const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest()
