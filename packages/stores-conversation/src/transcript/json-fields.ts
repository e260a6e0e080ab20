import { cutBeforeSecret } from '@athena-memory/db-core/secrets'

/** An object of unknown fields, as JSON holds it. */
export type Json = Readonly<Record<string, unknown>>

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The objects of a list; nothing of anything else. */
export const objectsOf = (value: unknown): Json[] =>
  Array.isArray(value) ? value.filter(isJson) : []

/** The first text under one of several names that is not blank, looked for in several objects. */
export const firstText = (
  objects: readonly Json[],
  names: readonly string[],
): string | undefined => {
  for (const object of objects) {
    for (const name of names) {
      const value = object[name]
      if (typeof value === 'string' && value.trim() !== '') return value
      if (typeof value === 'number') return String(value)
    }
  }
  return undefined
}

/** A value as text: text as it is, everything else as JSON. */
export const toText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '')

/**
 * The beginning of a text, cut between characters and not within a key or password, with a mark where
 * something was left out.
 */
export const cutText = (text: string, maxLength: number): string =>
  text.length <= maxLength
    ? text
    : `${text.slice(0, cutBeforeSecret(text, maxLength - 1)).replace(/\p{Surrogate}$/u, '')}…`
