import { StorageError } from '../storage-error.ts'
import { toStorableText } from '../vocabulary/storable-text.ts'
import { findSecrets, type TextRange } from './find-secrets.ts'

/**
 * What happens to keys, tokens and passwords in a text that is to be stored: they are cut out of
 * it, the text is refused, or they are kept.
 */
export type SecretPolicy = 'redact' | 'refuse' | 'allow'

/** What stands in place of a secret. */
export const REDACTED = '[redacted secret]'

/** A text that may be stored, and how many secrets were cut out of it. */
export interface GuardedText {
  readonly text: string
  readonly redactions: number
}

/**
 * Applies a policy to a text as databases keep it: what they strip cannot hide a secret.
 *
 * @param field what the text is called in an error
 * @throws StorageError `invalid` where the policy is to refuse and there is a secret
 */
export const guardText = (given: string, policy: SecretPolicy, field: string): GuardedText => {
  const text = toStorableText(given)
  if (policy === 'allow') return { text, redactions: 0 }
  const secrets = findSecrets(text)
  if (secrets.length > 0 && policy === 'refuse') {
    const detail = `${field} holds a key, token or password; remember where it is kept instead`
    throw new StorageError('invalid', { detail })
  }
  return { text: redact(text, secrets), redactions: secrets.length }
}

const redact = (text: string, secrets: readonly TextRange[]): string =>
  secrets.reduceRight(
    (rest, [start, end]) => rest.slice(0, start) + REDACTED + rest.slice(end),
    text,
  )
