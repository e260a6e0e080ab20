import type { Tables } from '@athena-memory/db-core'
import { memberOf } from '@athena-memory/db-core/stores'
import { CONSOLIDATION_STATES, type ConsolidationState } from './consolidation-state.ts'

/** The layer's name in documents, derivations and results. */
export const SEMANTIC_LAYER = 'semantic'

/** What kind of knowledge a memory is. */
export const MEMORY_TYPES = ['fact', 'pattern', 'decision', 'context', 'preference'] as const
export type MemoryType = (typeof MEMORY_TYPES)[number]

/** What it is about. */
export const MEMORY_DOMAINS = ['memory', 'planning', 'code'] as const
export type MemoryDomain = (typeof MEMORY_DOMAINS)[number]

/** Who said it, from the most to the least trusted. */
export const TRUST_LEVELS = ['user', 'agent', 'tool', 'web'] as const
export type Trust = (typeof TRUST_LEVELS)[number]

/** One version of something known. */
export interface Memory {
  readonly id: string
  readonly projectId: string
  readonly content: string
  readonly memoryType: MemoryType
  readonly domain: MemoryDomain
  readonly tags: string[]
  /** From 0 to 1. */
  readonly confidence: number
  /** From 0 to 1, as of the last scoring; see `scoreUsefulness`. */
  readonly usefulness: number
  readonly accessCount: number
  readonly lastAccessedAt?: Date | undefined
  /** When recall last answered with it. */
  readonly lastRetrievedAt?: Date | undefined
  readonly consolidationState: ConsolidationState
  /** 1 for the first version. */
  readonly version: number
  /** The version that replaced this one, when, and why; absent on the current version. */
  readonly supersededBy?: string | undefined
  readonly supersededAt?: Date | undefined
  readonly supersededReason?: string | undefined
  /** True in the world from `validFrom` on, until just before `validUntil`; open where absent. */
  readonly validFrom?: Date | undefined
  readonly validUntil?: Date | undefined
  /** Where it was learned: a file and section, an address, a session. */
  readonly source?: string | undefined
  readonly trust: Trust
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** A stored row. */
export type MemoryRow = Omit<Tables['memories']['$inferSelect'], 'tenantId'>

/** A stored row as callers see it. */
export const toMemory = (stored: MemoryRow & { tenantId?: string }): Memory => {
  const { tenantId: _, contentHash: __, ...row } = stored
  return {
    ...row,
    memoryType: memberOf(MEMORY_TYPES, row.memoryType, 'the memory_type of a stored memory'),
    domain: memberOf(MEMORY_DOMAINS, row.domain, 'the domain of a stored memory'),
    trust: memberOf(TRUST_LEVELS, row.trust, 'the trust of a stored memory'),
    consolidationState: memberOf(
      CONSOLIDATION_STATES,
      row.consolidationState,
      'the state of a stored memory',
    ),
    lastAccessedAt: row.lastAccessedAt ?? undefined,
    lastRetrievedAt: row.lastRetrievedAt ?? undefined,
    supersededBy: row.supersededBy ?? undefined,
    supersededAt: row.supersededAt ?? undefined,
    supersededReason: row.supersededReason ?? undefined,
    validFrom: row.validFrom ?? undefined,
    validUntil: row.validUntil ?? undefined,
    source: row.source ?? undefined,
  }
}
