import { guardText, type SecretPolicy } from './secret-guard.ts'

/** Fields that may be stored, and how many secrets were cut out of them. */
export interface GuardedFields<Fields> {
  readonly fields: Fields
  readonly redactions: number
}

/**
 * Applies a policy to every text in some fields, those deep inside lists and objects and the names
 * there included. Objects come out as JSON keeps them; numbers and what is absent stay.
 *
 * @throws StorageError `invalid` that names the field where the policy is to refuse
 */
export const guardFields = <Fields extends object>(
  fields: Fields,
  policy: SecretPolicy,
): GuardedFields<Fields> => {
  const guarded = { ...fields }
  let redactions = 0
  for (const [field, value] of Object.entries(fields)) {
    const guard = (text: string): string => {
      const safe = guardText(text, policy, field)
      redactions += safe.redactions
      return safe.text
    }
    Reflect.set(guarded, field, mapTexts(value, guard))
  }
  return { fields: guarded, redactions }
}

const mapTexts = (value: unknown, change: (text: string) => string): unknown => {
  if (typeof value === 'string') return change(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change))
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    return mapTexts(value.toJSON(), change)
  }
  const entries = Object.entries(value)
  return Object.fromEntries(entries.map(([name, item]) => [change(name), mapTexts(item, change)]))
}
