import {
  checkItem,
  checkShares,
  chunksOf,
  type ItemRef,
  keyOf,
  refOf,
} from '@athena-memory/db-core/stores'
import { conflictTarget, type Database, StorageError } from '@athena-memory/db-core'
import { sql } from 'drizzle-orm'
import {
  type Association,
  type AssociationKind,
  identityColumns,
  identityOf,
  toAssociation,
} from './association.ts'
import type { StoreContext } from './store-context.ts'

/** Two items that belong together. */
export interface NewLink {
  readonly projectId: string
  readonly from: ItemRef
  readonly to: ItemRef
  /** Default `semantic`. */
  readonly kind?: AssociationKind | undefined
  /** From 0 to 1; default .5. */
  readonly strength?: number | undefined
}

/** How strong a link is that somebody makes and says no more about. */
export const LINK_STRENGTH = 0.5

/** Links items, all or none, in the order given; see `AttentionStore.linkMany`. */
export const linkItems = async (
  { db, now, newId }: StoreContext,
  links: readonly NewLink[],
): Promise<Association[]> => {
  const drafts = links.map((link) => draftLink(link, { id: newId(), at: now() }))
  const distinct = [...strongestByIdentity(drafts).values()]
  const stored = await db.transaction(async (tx) => {
    const written = new Map<string, Association>()
    for (const chunk of chunksOf(distinct)) {
      for (const each of await writeLinks(tx, chunk)) written.set(identityOf(each), each)
    }
    return written
  })
  return drafts.flatMap((draft) => stored.get(identityOf(draft)) ?? [])
}

const draftLink = (
  { projectId, from, to, kind = 'semantic', strength = LINK_STRENGTH }: NewLink,
  { id, at }: { id: string; at: Date },
): Association => {
  checkShares({ strength })
  checkItem('from', from)
  checkItem('to', to)
  if (keyOf(from) === keyOf(to)) {
    throw new StorageError('invalid', { detail: 'from and to must be two items' })
  }
  const ends = { from: refOf(from), to: refOf(to) }
  return { id, projectId, ...ends, kind, strength, coOccurrences: 0, createdAt: at, updatedAt: at }
}

/** One statement cannot write a row twice. */
const strongestByIdentity = (drafts: readonly Association[]): Map<string, Association> => {
  const strongest = new Map<string, Association>()
  for (const draft of drafts) {
    const identity = identityOf(draft)
    const other = strongest.get(identity)
    if (!other || other.strength < draft.strength) strongest.set(identity, draft)
  }
  return strongest
}

const writeLinks = async (
  { query, tables: { associations } }: Database,
  drafts: readonly Association[],
): Promise<Association[]> => {
  const { strength } = associations
  const rows = await query
    .insert(associations)
    .values(drafts.map(toRow))
    .onConflictDoUpdate({
      target: conflictTarget(associations, identityColumns(associations)),
      set: {
        strength: sql`case when excluded.strength > ${strength} then excluded.strength else ${strength} end`,
        updatedAt: sql`excluded.updated_at`,
      },
    })
    .returning()
  return rows.map(toAssociation)
}

/** An association as it is stored. */
export const toRow = ({ from, to, ...rest }: Association) => ({
  ...rest,
  fromLayer: from.layer,
  fromId: from.id,
  toLayer: to.layer,
  toId: to.id,
})
