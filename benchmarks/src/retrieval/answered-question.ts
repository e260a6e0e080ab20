/** Results that are asked for, and the depth of everything that is measured. */
export const DEPTH = 20

/** What came of a question. Ids are those of memories. */
export interface AnsweredQuestion {
  readonly category: string
  /** Results, best first. */
  readonly ranked: readonly string[]
  /** Those that hold the answer. */
  readonly relevant: ReadonlySet<string>
}
