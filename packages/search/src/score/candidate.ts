import type { TextPlace } from '../analysis/text-memory.ts'

/** A session, thread or file that texts stand in. The same object for all of its texts. */
export interface Group {
  readonly layer: string
  readonly id: string
  /** Tells it from the other groups. */
  readonly number: number
}

/** What the scores read of a document. */
export interface Candidate extends TextPlace {
  readonly rowNumber: number
  readonly speaker: string | undefined
  readonly role: string | undefined
  /** Positions of one group are consecutive integers. */
  readonly group: Group | undefined
  readonly position: number | undefined
  /** From 0 to 1. */
  readonly importance: number | undefined
  /** In milliseconds since 1970. */
  readonly occurredAt: number | undefined
  /** Stems in all pieces. */
  readonly length: number
  readonly speaksOfTime: boolean
  readonly endsInQuestion: boolean
}
