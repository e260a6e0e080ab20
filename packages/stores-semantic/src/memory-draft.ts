import { toStorableText } from '@athena-memory/db-core'
import type { DocumentInput } from '@athena-memory/search'
import { checkMemory } from './check-memory.ts'
import { hashContent } from './content-hash.ts'
import {
  type MemoryDomain,
  type MemoryRow,
  type MemoryType,
  SEMANTIC_LAYER,
  type Trust,
} from './memory.ts'
import { guardText, type SecretPolicy } from '@athena-memory/db-core/secrets'
import { scoreUsefulness } from './usefulness.ts'

/** In which conversation or text something was said. Neighbours in it help to find it. */
export interface MemoryContext {
  /** Who said it, by name. */
  readonly speaker?: string | undefined
  /** In which role: `user`, `assistant`, ... */
  readonly role?: string | undefined
  /** The session, thread or file it stands in, and its place there: consecutive integers. */
  readonly groupId?: string | undefined
  readonly position?: number | undefined
  /** When it was said. */
  readonly occurredAt?: Date | undefined
}

/** Something to remember. */
export interface NewMemory extends MemoryContext {
  readonly projectId: string
  /** At most 1 MiB of UTF-8. */
  readonly content: string
  /** Default: `fact`. */
  readonly memoryType?: MemoryType | undefined
  /** Default: `memory`. */
  readonly domain?: MemoryDomain | undefined
  readonly tags?: readonly string[] | undefined
  /** From 0 to 1; default 1. */
  readonly confidence?: number | undefined
  readonly validFrom?: Date | undefined
  readonly validUntil?: Date | undefined
  /** Where it was learned: a file and section, an address, a session. */
  readonly source?: string | undefined
  /** Who says so; default `agent`. */
  readonly trust?: Trust | undefined
}

/** A memory ready to be written, before its text is analysed and embedded. */
export interface MemoryDraft {
  readonly row: Omit<MemoryRow, 'memoryType'> & { readonly memoryType: MemoryType }
  readonly context: MemoryContext
  /** Secrets cut out of it. */
  readonly redactions: number
}

/**
 * Checks a new memory and cuts secrets out of it.
 *
 * @throws StorageError `invalid` that names the field
 */
export const draftMemory = (
  given: NewMemory,
  { id, now, secretPolicy }: { id: string; now: Date; secretPolicy: SecretPolicy },
): MemoryDraft => {
  checkMemory(given)
  const content = guardText(given.content, secretPolicy, 'content')
  const source = guardText(given.source ?? '', secretPolicy, 'source')
  const { memoryType = 'fact', speaker, role, groupId, position, occurredAt } = given
  const unused = { accessCount: 0, lastAccessedAt: undefined, createdAt: now, memoryType }
  return {
    row: {
      id,
      projectId: given.projectId,
      content: content.text,
      contentHash: hashContent(content.text),
      memoryType,
      domain: given.domain ?? 'memory',
      tags: [...new Set(given.tags?.map(toStorableText))],
      confidence: given.confidence ?? 1,
      usefulness: scoreUsefulness(unused, now),
      accessCount: 0,
      lastAccessedAt: null,
      lastRetrievedAt: null,
      consolidationState: 'unconsolidated',
      version: 1,
      supersededBy: null,
      supersededAt: null,
      supersededReason: null,
      validFrom: given.validFrom ?? null,
      validUntil: given.validUntil ?? null,
      source: source.text || null,
      trust: given.trust ?? 'agent',
      createdAt: now,
      updatedAt: now,
    },
    context: { speaker, role, groupId, position, occurredAt },
    redactions: content.redactions + source.redactions,
  }
}

/** The document by which a memory is found. */
export const toDocument = ({
  row,
  context: { speaker, role, groupId, position, occurredAt },
}: Pick<MemoryDraft, 'row' | 'context'>): DocumentInput => ({
  speaker,
  role,
  groupId,
  position,
  occurredAt,
  layer: SEMANTIC_LAYER,
  sourceId: row.id,
  projectId: row.projectId,
  content: row.content,
  kind: row.memoryType,
  tags: row.tags,
  consolidationState: row.consolidationState,
  validFrom: row.validFrom ?? undefined,
  validUntil: row.validUntil ?? undefined,
})
