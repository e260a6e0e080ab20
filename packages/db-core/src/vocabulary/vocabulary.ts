import { postgres } from './postgres.ts'
import { sqlite as words } from './sqlite.ts'

/**
 * The words that tables are written in, once for both dialects. Types are PostgreSQL's; a
 * compile-time test holds that every word means the same in SQLite.
 */
export type Vocabulary = typeof postgres

/** The same words in SQLite. */
// The first of the two casts of the project: both dialects are told to be one.
// oxlint-disable-next-line typescript/consistent-type-assertions
export const sqlite = words as unknown as Vocabulary
export { postgres }
