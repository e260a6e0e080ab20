import type { AnalyzedText } from '../analysis/pieces.ts'

/** What the scores read of a document. */
export interface Candidate extends AnalyzedText {
  readonly rowNumber: number
  readonly layer: string
  readonly speaker: string | undefined
  readonly role: string | undefined
  /** The session, thread or file it stands in; positions of one group are consecutive integers. */
  readonly groupId: string | undefined
  readonly position: number | undefined
  /** From 0 to 1. */
  readonly importance: number | undefined
  readonly occurredAt: Date | undefined
}

/** The same for documents of one group, and for no others. */
export const groupKey = ({ rowNumber, layer, groupId }: Candidate): string =>
  groupId === undefined ? `alone ${rowNumber}` : `${layer} ${groupId}`
