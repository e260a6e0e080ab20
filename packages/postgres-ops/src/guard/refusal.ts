/** What the guard says of a statement; `reason` says what would be right, or why it may run. */
export interface Verdict {
  readonly allowed: boolean
  readonly reason: string
}

/** Why something is refused; `undefined` where nothing speaks against it. */
export type Refusal = string | undefined

/** The first refusal of several checks, which run only until one refuses. */
export const firstRefusal = <Subject>(
  subject: Subject,
  checks: readonly ((subject: Subject) => Refusal)[],
): Refusal => {
  for (const check of checks) {
    const refusal = check(subject)
    if (refusal !== undefined) return refusal
  }
  return undefined
}
