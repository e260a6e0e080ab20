import { admitItem, type HeldItem } from '../admit-item.ts'
import { toSnapshot } from '../router/snapshot.ts'
import type { OutgoingPart } from '../sink.ts'
import type { StoreContext } from '../store-context.ts'
import { findItems, itemsGone } from './find-items.ts'
import { draftItem, type ItemDraft, type NewItem, toDocument } from './item-draft.ts'
import { findParts, type PartDraft } from './item-parts.ts'
import { toItem, type WorkingItem, WORKING_LAYER } from './item.ts'

/** Items that belong together. */
export interface Combination extends Pick<NewItem, 'projectId' | 'importance' | 'tags' | 'source'> {
  readonly itemIds: readonly string[]
  /** What they are together; their own texts follow it. */
  readonly content?: string | undefined
}

/** Items stay as they are and are bound by one more, or go into a chunk and leave. */
export type CombinationKind = 'bound' | 'chunk'

/** What is bound is more important than its parts. */
const BOUND_IMPORTANCE = 0.8

/** Combines items in the episodic buffer; see `ItemMethods.bind` and `ItemMethods.chunk`. */
export const combineItems = async (
  store: StoreContext,
  given: Combination,
  kind: CombinationKind,
): Promise<HeldItem> => {
  const { db, documents, newId, now, ...settings } = store
  const { projectId } = given
  const members = [...new Set(given.itemIds)]
  const rows = await findItems(db, { projectId, ids: members })
  if (rows.length < members.length) throw itemsGone('itemIds')
  const at = now()
  const byId = new Map(rows.map((row) => [row.id, toItem(row, at)]))
  const items = members.flatMap((id) => byId.get(id) ?? [])
  const combined = together(given, items)
  const { row, redactions } = draftItem(combined, { id: newId(), now: at, ...settings })
  const [document] = await documents.prepare([toDocument(row)])
  if (!document) throw new Error('One text has one document.')
  const own = kind === 'chunk' ? await findParts(db, members) : new Map<string, OutgoingPart[]>()
  const parts = items.map((item, position) => ({
    ...toPart(row, item, position),
    id: newId(),
    snapshot: kind === 'chunk' ? snapshotOf(item, own.get(item.id)) : null,
  }))
  const absorbsMembers = kind === 'chunk'
  return admitItem(store, { row, redactions, document, parts, members, absorbsMembers })
}

const together = (given: Combination, items: readonly WorkingItem[]): NewItem => {
  const { projectId, content, importance = BOUND_IMPORTANCE, source } = given
  const lines = items.map((item) => item.content)
  return {
    projectId,
    content: (content === undefined ? lines : [content, ...lines]).join('\n'),
    contentType: 'episodic',
    importance: Math.max(importance, ...items.map((item) => item.importance)),
    tags: [...(given.tags ?? []), ...items.flatMap(({ tags }) => tags)],
    source,
  }
}

const toPart = (row: ItemDraft, { id }: WorkingItem, position: number) => ({
  projectId: row.projectId,
  itemId: row.id,
  position,
  partLayer: WORKING_LAYER,
  partId: id,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
})

/** With its own parts, where it was made of others: they go with its row. */
const snapshotOf = (
  item: WorkingItem,
  parts: readonly OutgoingPart[] = [],
): PartDraft['snapshot'] => {
  const kept = parts.map(({ layer, id, snapshot }) => ({
    layer,
    id,
    ...(snapshot && { snapshot }),
  }))
  return toSnapshot(item, kept)
}
