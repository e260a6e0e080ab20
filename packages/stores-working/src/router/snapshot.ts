import { z } from 'zod'
import { CONTENT_TYPES } from '../items/activation.ts'
import { COMPONENTS } from '../items/capacity.ts'
import { PATH_KINDS, type WorkingItem } from '../items/item.ts'

const part = z.object({
  layer: z.string(),
  id: z.string(),
  snapshot: z.record(z.string(), z.unknown()).optional(),
})

/** An item as it was when it was routed, in JSON; times as ISO text. */
export const itemSnapshot = z.object({
  content: z.string(),
  contentType: z.enum(CONTENT_TYPES),
  component: z.enum(COMPONENTS),
  activation: z.number(),
  importance: z.number(),
  tags: z.array(z.string()),
  source: z.string().optional(),
  origin: z.record(z.string(), z.unknown()).optional(),
  path: z.string().optional(),
  pathKind: z.enum(PATH_KINDS).optional(),
  heldSince: z.string(),
  parts: z.array(part).optional().describe('what it was bound or chunked from'),
})
export type ItemSnapshot = z.infer<typeof itemSnapshot>

/** What a chunk or the router keeps of an item. */
export const toSnapshot = (
  item: WorkingItem,
  parts: NonNullable<ItemSnapshot['parts']> = [],
): ItemSnapshot => {
  const { content, contentType, component, activation, importance, tags } = item
  const { source, origin, path, pathKind } = item
  const kept = { content, contentType, component, activation, importance, tags }
  const heldSince = item.createdAt.toISOString()
  return {
    ...kept,
    source,
    origin,
    path,
    pathKind,
    heldSince,
    ...(parts.length > 0 && { parts }),
  }
}

/** What was kept; absent where it was erased. */
export const fromSnapshot = (stored: unknown): ItemSnapshot | undefined =>
  itemSnapshot.safeParse(stored).data
