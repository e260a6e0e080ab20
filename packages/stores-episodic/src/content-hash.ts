import { createHash } from 'node:crypto'
import type { NewEpisode } from './new-episode.ts'

/**
 * What makes two events the same: session, time, type, content, outcome, files, symbols and details of
 * code. What is thought of an event, and where it was learned, does not. SHA-256 in hex.
 */
export const hashEpisode = (episode: NewEpisode & { readonly occurredAt: Date }): string =>
  hashParts([
    'event',
    episode.sessionId ?? null,
    episode.occurredAt.toISOString(),
    episode.eventType ?? 'action',
    episode.content,
    episode.outcome ?? null,
    [...new Set(episode.files)].toSorted(),
    [...new Set(episode.symbols)].toSorted(),
    sortEntries(episode.code ?? {}),
  ])

/** SHA-256 in hex of a list, as JSON writes it. NUL, which no database stores, does not count. */
export const hashParts = (parts: readonly unknown[]): string =>
  createHash('sha256')
    .update(JSON.stringify(parts).replaceAll(String.raw`\u0000`, ''))
    .digest('hex')

/** JSON keeps the order of names; equal details have them in any. */
const sortEntries = (details: object): readonly unknown[] =>
  Object.entries(details)
    .filter(([, value]) => value !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? sortEntries(value)
        : value,
    ])
