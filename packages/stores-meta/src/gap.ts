import type { Tables } from '@athena-memory/db-core'
import { memberOf } from '@athena-memory/db-core/stores'
import { type DetectedGap, GAP_KINDS } from './detect-gaps.ts'

/** Something that is missing or wrong in what is known. */
export interface Gap extends DetectedGap {
  readonly id: string
  readonly projectId: string
  readonly detectedAt: Date
  /** Absent while it is open. */
  readonly resolvedAt?: Date | undefined
  /** What somebody did about it; absent where the data no longer show it. */
  readonly resolution?: string | undefined
}

export type GapRow = Tables['knowledgeGaps']['$inferSelect']

/** A stored row as callers see it. */
export const toGap = (row: GapRow): Gap => ({
  id: row.id,
  projectId: row.projectId,
  kind: memberOf(GAP_KINDS, row.kind, 'kind of a stored row'),
  subject: row.subject,
  domain: row.domain ?? undefined,
  description: row.description,
  severity: row.severity,
  evidence: row.evidence,
  detectedAt: row.detectedAt,
  resolvedAt: row.resolvedAt ?? undefined,
  resolution: row.resolution ?? undefined,
})
