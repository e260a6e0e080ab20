/** What an index must bring, and what finding that out may cost. */
export interface IndexLimits {
  /** In the planner's units: what costs less is fast already. Default 200. */
  readonly minCost: number
  /** The least share of the cost that an index saves. Default 0.3. */
  readonly minGain: number
  /** Indexes that cost this much more than the best one are as good as it. Default 0.05. */
  readonly tolerance: number
  /** The largest table that indexes are built on to be judged; writers of it wait meanwhile. Default 256 MiB. */
  readonly buildBytes: number
  /** How long one statement may take while indexes are judged. Default 10 seconds. */
  readonly judgeMs: number
  /** How long to wait for a lock. Default 2 seconds. */
  readonly lockMs: number
  /** The most indexes for one query. Default 3. */
  readonly indexes: number
  /** How many of the costliest statements are looked at when no query is given. Default 20. */
  readonly statements: number
}

/** What holds unless other limits are given. */
export const DEFAULT_INDEX_LIMITS: IndexLimits = {
  minCost: 200,
  minGain: 0.3,
  tolerance: 0.05,
  buildBytes: 256 * 1024 ** 2,
  judgeMs: 10_000,
  lockMs: 2000,
  indexes: 3,
  statements: 20,
}
