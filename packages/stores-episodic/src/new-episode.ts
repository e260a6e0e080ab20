import type { CodeDetails } from './code-details.ts'
import type { EventType, Outcome } from './episode.ts'

/** Something that happened, to be recorded. */
export interface NewEpisode {
  readonly projectId: string
  /** At most 1 MiB of UTF-8. */
  readonly content: string
  /** Default: `action`. */
  readonly eventType?: EventType | undefined
  /** Default: now. */
  readonly occurredAt?: Date | undefined
  /** At most 2,000 bytes. */
  readonly sessionId?: string | undefined
  readonly outcome?: Outcome | undefined
  readonly learned?: string | undefined
  /** From 0 to 1; default 1. */
  readonly confidence?: number | undefined
  /** From 0 to 1; default: measured over its words, see `surpriseOf`. */
  readonly surprise?: number | undefined
  readonly cwd?: string | undefined
  /** At most 10,000 paths of at most 2,000 bytes each. */
  readonly files?: readonly string[] | undefined
  /** At most 10,000 names of at most 2,000 bytes each. */
  readonly symbols?: readonly string[] | undefined
  readonly task?: string | undefined
  readonly phase?: string | undefined
  readonly branch?: string | undefined
  readonly durationMs?: number | undefined
  /** Default: the number of `files`, where there are any. */
  readonly filesChanged?: number | undefined
  readonly linesAdded?: number | undefined
  readonly linesDeleted?: number | undefined
  readonly code?: CodeDetails | undefined
  readonly source?: string | undefined
}
