import type { JsonObject } from '@athena-memory/operations'

/**
 * A result for clients that show a model text only: JSON without spaces, fractions to four places,
 * and without the `signals` that explain a ranking. JSON, since in any looser form what is remembered
 * could pass itself off as part of the answer.
 */
export const toText = (result: JsonObject): string => JSON.stringify(result, abbreviate)

const abbreviate = (key: string, value: unknown): unknown => {
  if (key === 'signals') return undefined
  return typeof value === 'number' ? Math.round(value * 10_000) / 10_000 : value
}
