const UNSTORABLE = /[\0\p{Surrogate}]/u

/**
 * Text as both databases keep it: without NUL, which PostgreSQL refuses and libSQL ends at, and
 * with U+FFFD for halves of surrogate pairs, which are no text.
 */
export const toStorableText = (text: string): string =>
  UNSTORABLE.test(text) ? text.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\u{FFFD}') : text

const ESCAPE = /\\(?:u([\da-f]{4})|.)/g

/** JSON whose strings and keys are storable. */
export const toStorableJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll(ESCAPE, (escape, unit: string | undefined) => {
    if (unit === '0000') return ''
    // Whole pairs are written as they are: what is escaped is a half.
    return unit?.startsWith('d') ? '\u{FFFD}' : escape
  })
