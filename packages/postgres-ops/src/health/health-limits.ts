/** From which numbers on something is a finding. */
export interface HealthLimits {
  /** Of the connections that the server allows. Default 0.85. */
  readonly connectionShare: number
  /** How long a session may stay in a transaction without doing anything. Default one minute. */
  readonly idleInTransactionMs: number
  /** How long a transaction may last. Default five minutes. */
  readonly transactionMs: number
  /** The least share of blocks found in memory. Default 0.9. */
  readonly cacheHitRatio: number
  /** Blocks that must have been asked for before that share says something. Default 100,000. */
  readonly cacheBlocks: number
  /** Of the numbers of a sequence or of the column it fills. Default 0.8; from 0.95 on a failure. */
  readonly sequenceShare: number
  /** The least size of an unused index worth mentioning. Default 1 MiB. */
  readonly unusedIndexBytes: number
  /** How often its table must have been read before an index counts as unused. Default 1,000. */
  readonly tableScans: number
  /** The least space that a table wastes. Default 64 MiB. */
  readonly bloatBytes: number
  /** Of the size of a table, at least this much is wasted. Default 0.5. */
  readonly bloatShare: number
  /** Dead rows of a table, which must also be a fifth of its rows. Default 10,000. */
  readonly deadRows: number
  /** Transactions since a table was frozen. Default 500 million; at 1,600 million a failure. */
  readonly transactionAge: number
  /** The write-ahead log that a slot keeps, or a replica lags behind. Default 1 GiB; ten times that is a failure. */
  readonly walBytes: number
}

/** What holds unless other limits are given. */
export const DEFAULT_HEALTH_LIMITS: HealthLimits = {
  connectionShare: 0.85,
  idleInTransactionMs: 60_000,
  transactionMs: 300_000,
  cacheHitRatio: 0.9,
  cacheBlocks: 100_000,
  sequenceShare: 0.8,
  unusedIndexBytes: 1024 ** 2,
  tableScans: 1000,
  bloatBytes: 64 * 1024 ** 2,
  bloatShare: 0.5,
  deadRows: 10_000,
  transactionAge: 500_000_000,
  walBytes: 1024 ** 3,
}
