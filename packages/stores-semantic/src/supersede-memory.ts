import { StorageError } from '@athena-memory/db-core'
import { findRow } from './find-memories.ts'
import { draftMemory, type MemoryDraft, type NewMemory } from './memory-draft.ts'
import { readContext } from './memory-document.ts'
import { type Memory, type MemoryRow, toMemory } from './memory.ts'
import { noticesOf } from './remember-memories.ts'
import { guardText } from '@athena-memory/db-core/secrets'
import { prepareDrafts, type StoreContext } from './store-context.ts'
import { replaceMemory } from './write-memories.ts'

/** A new version; what it leaves out stays as it was. */
export interface NewVersion extends Partial<Omit<NewMemory, 'projectId' | 'content'>> {
  readonly content: string
  /** Why the old version is replaced. */
  readonly reason?: string | undefined
  /** Since when the new content is true, and the old one is not; default now. */
  readonly validFrom?: Date | undefined
}

/** What became of a new version. */
export interface Superseded {
  /** The new version. */
  readonly memory: Memory
  /** The version before it, which is kept. */
  readonly previous: Memory
  /** Whether another memory had the new content already, and took the old one's place. */
  readonly isDuplicate: boolean
  readonly redactions: number
  readonly notices: string[]
}

/** Replaces a memory by a new version; see `SemanticStore.supersede`. */
export const supersedeMemory = async (
  store: StoreContext,
  id: string,
  given: NewVersion,
): Promise<Superseded | undefined> => {
  const old = await findRow(store.db, id)
  if (!old) return undefined
  const at = store.now()
  const draft = await draftVersion(store, old, { ...given, validFrom: given.validFrom ?? at })
  const reason = guardText(given.reason ?? '', store.secretPolicy, 'reason')
  const prepared = await prepareDrafts(store, [draft])
  return store.db.transaction(async (tx) => {
    const current = await findRow(tx, id)
    const [next] = prepared
    if (!current || !next) return undefined
    assertCurrent(current)
    const scope = { tx, documents: store.documents, at }
    const replaced = await replaceMemory(scope, { old: current, next, reason: reason.text || null })
    return {
      memory: toMemory(replaced.current),
      previous: toMemory(replaced.previous),
      isDuplicate: replaced.current.id !== next.row.id,
      redactions: draft.redactions + reason.redactions,
      notices: noticesOf(prepared),
    }
  })
}

const draftVersion = async (
  { db, newId, now, secretPolicy }: StoreContext,
  old: MemoryRow,
  given: NewVersion & { readonly validFrom: Date },
): Promise<MemoryDraft> => {
  assertCurrent(old)
  const { memoryType, domain, tags, confidence, source, trust, validUntil } = toMemory(old)
  const inherited = {
    ...(await readContext(db, old.id)),
    memoryType,
    domain,
    tags,
    confidence,
    trust,
  }
  const isOpen = validUntil && validUntil > given.validFrom
  const draft = draftMemory(
    {
      ...inherited,
      source,
      ...(isOpen && { validUntil }),
      ...withoutUndefined(given),
      content: given.content,
      projectId: old.projectId,
    },
    { id: newId(), now: now(), secretPolicy },
  )
  if (draft.row.contentHash === old.contentHash) {
    throw new StorageError('invalid', { detail: 'content is the same; update changes the rest' })
  }
  return { ...draft, row: { ...draft.row, version: old.version + 1 } }
}

const withoutUndefined = <Fields extends object>(fields: Fields): Partial<Fields> => {
  const given: Partial<Fields> = { ...fields }
  for (const name of Object.keys(given)) {
    if (Reflect.get(given, name) === undefined) Reflect.deleteProperty(given, name)
  }
  return given
}

const assertCurrent = ({ supersededBy }: MemoryRow): void => {
  if (supersededBy === null) return
  const detail = `this version is superseded already; supersede ${supersededBy} or its successor`
  throw new StorageError('conflict', { detail })
}
