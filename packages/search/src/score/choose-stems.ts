/** Once this many documents are to be scored, commoner stems bring in no more. */
export const CANDIDATE_BUDGET = 1000

/** How common a stem is. */
export interface StemFrequency {
  readonly stem: string
  readonly frequency: number
}

/**
 * The stems whose documents are scored: the rarest, as long as they bring in about
 * `CANDIDATE_BUDGET`, and at least one. Stems that no document was known to hold cost nothing and
 * stay: one may hold them by now.
 *
 * @param share of the documents that can be results at all, 0 to 1
 */
export const chooseStems = (stems: readonly StemFrequency[], share: number): string[] => {
  const rarestFirst = stems.toSorted((a, b) => a.frequency - b.frequency)
  let documents = 0
  const chosen = rarestFirst.filter(({ frequency }) => {
    documents += frequency * share
    return documents <= CANDIDATE_BUDGET || documents === frequency * share
  })
  return chosen.map(({ stem }) => stem)
}
