/** Which documents a search is about, and how many of them it returns. */
export interface SearchOptions {
  readonly projectId?: string | undefined
  readonly layers?: readonly string[] | undefined
  readonly kinds?: readonly string[] | undefined
  /** Documents that have all of these. */
  readonly tags?: readonly string[] | undefined
  /** Default: any state, and none. */
  readonly consolidationStates?: readonly string[] | undefined
  /** Documents that occurred from `from` on, until just before `to`. */
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  /** The moment at which documents must be true. Default: now. */
  readonly asOf?: Date | undefined
  /** Default: 10. */
  readonly limit?: number | undefined
  /** Results of a lower `hybridScore` are left out. Default: 0. */
  readonly minScore?: number | undefined
}
