/** What a summary is made of, the most central things first. */
export interface SummaryParts {
  readonly memberCount: number
  readonly members: readonly { readonly name: string; readonly entityType: string }[]
  readonly relations: readonly { readonly text: string }[]
  readonly observations: readonly { readonly text: string }[]
}

/** What a summary holds at most. */
export const SUMMARY_LIMITS = {
  members: 8,
  relations: 8,
  observations: 8,
  /** Characters of one observation. */
  observationLength: 240,
} as const

/**
 * A summary in sentences that are there already: who belongs, how they relate, and what is known of the
 * most central ones.
 */
export const extractSummary = (
  { memberCount, members, relations, observations }: SummaryParts,
  limits: Readonly<Record<keyof typeof SUMMARY_LIMITS, number>> = SUMMARY_LIMITS,
): string => {
  const named = members
    .slice(0, limits.members)
    .map(({ name, entityType }) => `${name} (${entityType})`)
  const others = memberCount - named.length
  const who = `${named.join(', ')}${others > 0 ? ` and ${others} more` : ''}`
  const how = relations.slice(0, limits.relations).map(({ text }) => text)
  const what = observations
    .slice(0, limits.observations)
    .map(({ text }) => shorten(text, limits.observationLength))
  return [who, ...(how.length > 0 ? [how.join('; ')] : []), ...what].join('\n')
}

const shorten = (text: string, length: number): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  // Whole characters: half of one is no text.
  const characters = Array.from(line)
  return characters.length <= length ? line : `${characters.slice(0, length - 1).join('')}…`
}
