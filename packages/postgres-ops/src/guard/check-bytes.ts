import type { Refusal } from './refusal.ts'

/** The longest statement in UTF-8 bytes: parsing takes time and memory in proportion. */
const MAX_STATEMENT_BYTES = 65_536

// White space of SQL and the variants of emoji are allowed, every other control, bidirectional,
// zero-width and invisible character is not: what a person approves must be what the server reads.
const HIDDEN =
  /(?!\t|\n|\f|\r|\u{fe0e}|\u{fe0f})[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\u{2028}\u{2029}\u{fff9}-\u{fffb}]/u

/** The first layer: length, well-formed text, and no character that hides what is written. */
export const checkBytes = (sql: string): Refusal => {
  if (sql.length > MAX_STATEMENT_BYTES || Buffer.byteLength(sql) > MAX_STATEMENT_BYTES) {
    return `the statement is longer than ${MAX_STATEMENT_BYTES} bytes`
  }
  // Lone halves of surrogate pairs cannot be sent as they stand.
  if (/\p{Surrogate}/u.test(sql)) return 'the statement is not well-formed Unicode'
  const hidden = HIDDEN.exec(sql)
  if (!hidden) return undefined
  const code = hidden[0].codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')
  return `the statement holds the control or invisible character U+${code}`
}
