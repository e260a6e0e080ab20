import { StorageError } from '@athena-memory/db-core'

/** The longest content, in bytes of UTF-8. */
const MAX_CONTENT_BYTES = 1_048_576

/** What is checked before it is stored. */
export interface CheckedFields {
  readonly content?: string | undefined
  readonly confidence?: number | undefined
  readonly validFrom?: Date | null | undefined
  readonly validUntil?: Date | null | undefined
}

/**
 * Refuses what would spoil the memory.
 *
 * @throws StorageError `invalid` that names the field and what would be right
 */
export const checkMemory = (fields: CheckedFields): void => {
  const problem =
    contentProblem(fields.content) ??
    confidenceProblem(fields.confidence) ??
    validityProblem(fields.validFrom, fields.validUntil)
  if (problem !== undefined) throw new StorageError('invalid', { detail: problem })
}

const contentProblem = (content: string | undefined): string | undefined => {
  if (content === undefined) return undefined
  if (content.replaceAll('\0', '').trim() === '') return 'content must not be empty'
  const isTooLong = Buffer.byteLength(content) > MAX_CONTENT_BYTES
  return isTooLong ? 'content must have at most 1 MiB (1048576 bytes) of UTF-8' : undefined
}

const confidenceProblem = (confidence: number | undefined): string | undefined =>
  confidence === undefined || (confidence >= 0 && confidence <= 1)
    ? undefined
    : 'confidence must be from 0 to 1'

const validityProblem = (
  from: Date | null | undefined,
  until: Date | null | undefined,
): string | undefined =>
  from && until && from >= until ? 'validFrom must be before validUntil' : undefined
