import { StorageError } from '@athena-memory/db-core'
import { guardFields } from '@athena-memory/db-core/secrets'
import { and, eq } from 'drizzle-orm'
import { admitItem, type HeldItem } from '../admit-item.ts'
import type { StoreContext } from '../store-context.ts'
import { type ItemPath, draftItem, type NewItem, toDocument } from './item-draft.ts'
import type { PathKind } from './item.ts'
import { rehearseItems } from './use-items.ts'

/** Holds something in mind; see `ItemMethods.hold`. */
export const holdItem = async (
  store: StoreContext,
  given: NewItem & ItemPath,
): Promise<HeldItem> => {
  const { documents, newId, now, ...settings } = store
  const { row, redactions } = draftItem(given, { id: newId(), now: now(), ...settings })
  const [document] = await documents.prepare([toDocument(row)])
  if (!document) throw new Error('One text has one document.')
  const alone = { parts: [], members: [], absorbsMembers: false }
  return admitItem(store, { row, redactions, document, ...alone })
}

/** A file or directory that is worked with. */
export interface TrackedPath extends Omit<NewItem, 'content' | 'contentType' | 'component'> {
  /** As the caller writes it, with `/` between its parts; at most 4,096 characters. */
  readonly path: string
  readonly pathKind: PathKind
  /** What is done there; default: the path itself. */
  readonly content?: string | undefined
}

/** Keeps a file or directory in mind; see `ItemMethods.track`. */
export const trackPath = async (store: StoreContext, given: TrackedPath): Promise<HeldItem> => {
  const texts = { path: checkedPath(given.path), content: given.content }
  const { fields, redactions } = guardFields(texts, store.secretPolicy)
  const { path, content = path } = fields
  const { workingItems } = store.db.tables
  const [known] = await store.db.query
    .select()
    .from(workingItems)
    .where(and(eq(workingItems.projectId, given.projectId), eq(workingItems.path, path)))
    .limit(1)
  if (known?.content === content && known.pathKind === given.pathKind) {
    const [item] = await rehearseItems(store, [known.id])
    if (item) return { item, moved: [], redactions, notices: [] }
  }
  const held = await holdItem(store, { ...given, path, content, contentType: 'spatial' })
  return { ...held, redactions: held.redactions + redactions }
}

const MAX_PATH_LENGTH = 4096

const checkedPath = (given: string): string => {
  const path = given.length > 1 ? given.replace(/\/+$/, '') : given
  if (path.trim() !== '' && path.length <= MAX_PATH_LENGTH) return path
  const detail = `path must have from 1 to ${MAX_PATH_LENGTH} characters`
  throw new StorageError('invalid', { detail })
}
