const UNSTORABLE = /[\0\p{Surrogate}]/u

/**
 * Text as both databases keep it: without NUL, which PostgreSQL refuses and libSQL ends at, and
 * with U+FFFD for halves of surrogate pairs, which are no text.
 */
export const toStorableText = (text: string): string =>
  UNSTORABLE.test(text) ? text.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\u{FFFD}') : text

/** JSON whose strings are storable. */
export const toStorableJson = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' ? toStorableText(part) : part,
  )
