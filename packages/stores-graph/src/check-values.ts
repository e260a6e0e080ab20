import { StorageError, toStorableText } from '@athena-memory/db-core'

/** The longest values, in bytes of UTF-8: names and types stand in indexes. */
export const MAX_BYTES = {
  name: 1000,
  entityType: 200,
  namespace: 200,
  relationType: 200,
  content: 65_536,
  source: 2000,
  reason: 2000,
  metadata: 65_536,
} as const

type TextField = keyof typeof MAX_BYTES

/**
 * A text as both databases keep it: without NUL, and with U+FFFD for halves of surrogate pairs.
 *
 * @throws StorageError `invalid` for what is empty or too long
 */
export const checkText = (field: TextField, given: string): string => {
  const problem = textProblem(field, given)
  if (problem !== undefined) throw new StorageError('invalid', { detail: problem })
  return toStorableText(given)
}

/** What is wrong with a text, if anything is. */
export const textProblem = (field: TextField, given: string): string | undefined => {
  const text = toStorableText(given)
  if (text === '') return `${field} must not be empty`
  if (Buffer.byteLength(text) <= MAX_BYTES[field]) return undefined
  return `${field} must have at most ${MAX_BYTES[field]} bytes of UTF-8`
}

/** A text that may be left out. */
export const checkOptional = (field: TextField, given: string | undefined): string | null =>
  given === undefined ? null : checkText(field, given)

/**
 * A share from 0 to 1.
 *
 * @throws StorageError `invalid`
 */
export const checkShare = (field: string, given = 1): number => {
  if (given >= 0 && given <= 1) return given
  throw new StorageError('invalid', { detail: `${field} must be from 0 to 1` })
}

/** When something is true: from `validFrom` on, until just before `validUntil`; open where absent. */
export interface Validity {
  readonly validFrom?: Date | undefined
  readonly validUntil?: Date | undefined
}

/** @throws StorageError `invalid` where it ends before it begins */
export const checkValidity = ({
  validFrom,
  validUntil,
}: Validity): { validFrom: Date | null; validUntil: Date | null } => {
  if (validFrom && validUntil && validFrom >= validUntil) {
    throw new StorageError('invalid', { detail: 'validFrom must be before validUntil' })
  }
  return { validFrom: validFrom ?? null, validUntil: validUntil ?? null }
}

/**
 * Metadata as JSON keeps them.
 *
 * @throws StorageError `invalid` for more than 64 KiB
 */
export const checkMetadata = (metadata: Record<string, unknown> = {}): Record<string, unknown> => {
  const json = JSON.stringify(metadata)
  if (Buffer.byteLength(json) <= MAX_BYTES.metadata) return JSON.parse(json, toStorable)
  const detail = `metadata must have at most ${MAX_BYTES.metadata} bytes of JSON`
  throw new StorageError('invalid', { detail })
}

const toStorable = (_: string, value: unknown): unknown =>
  typeof value === 'string' ? toStorableText(value) : value
