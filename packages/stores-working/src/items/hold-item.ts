import { StorageError } from '@athena-memory/db-core'
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
  const { now, newId, halfLives, documents } = store
  const row = draftItem(given, { id: newId(), now: now(), halfLives })
  const [document] = await documents.prepare([toDocument(row)])
  if (!document) throw new Error('One text has one document.')
  return admitItem(store, { row, document, parts: [], members: [], absorbsMembers: false })
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
  const path = checkedPath(given.path)
  const content = given.content ?? path
  const { workingItems } = store.db.tables
  const [known] = await store.db.query
    .select()
    .from(workingItems)
    .where(and(eq(workingItems.projectId, given.projectId), eq(workingItems.path, path)))
    .limit(1)
  if (known?.content === content && known.pathKind === given.pathKind) {
    const [item] = await rehearseItems(store, [known.id])
    if (item) return { item, moved: [], notices: [] }
  }
  return holdItem(store, { ...given, path, content, contentType: 'spatial' })
}

const MAX_PATH_LENGTH = 4096

const checkedPath = (given: string): string => {
  const path = given.length > 1 ? given.replace(/\/+$/, '') : given
  if (path.trim() !== '' && path.length <= MAX_PATH_LENGTH) return path
  const detail = `path must have from 1 to ${MAX_PATH_LENGTH} characters`
  throw new StorageError('invalid', { detail })
}
