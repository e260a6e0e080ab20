import { type Database, StorageError, type Tables } from '@athena-memory/db-core'
import { and, desc, eq, inArray, isNull, lt, or, type SQL } from 'drizzle-orm'
import type { ConsolidationState } from './consolidation-state.ts'
import { type Memory, type MemoryDomain, type MemoryType, toMemory } from './memory.ts'

/** Most useful, newest, or most often accessed first. */
export const MEMORY_SORTS = ['useful', 'recent', 'accessed'] as const
export type MemorySort = (typeof MEMORY_SORTS)[number]

/** Which memories to list. */
export interface ListOptions {
  readonly projectId: string
  /** Default `recent`. */
  readonly sort?: MemorySort | undefined
  /** Default 20. */
  readonly limit?: number | undefined
  /** `nextCursor` of the page before, of the same sort. */
  readonly cursor?: string | undefined
  readonly memoryTypes?: readonly MemoryType[] | undefined
  readonly domain?: MemoryDomain | undefined
  readonly consolidationStates?: readonly ConsolidationState[] | undefined
  /** Whether old versions are listed too; default false. */
  readonly includeSuperseded?: boolean | undefined
}

/** A page of memories. */
export interface MemoryPage {
  readonly memories: Memory[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

const DEFAULT_LIMIT = 20

/** A page of a project's memories; see `SemanticStore.list`. */
export const listMemories = async (db: Database, options: ListOptions): Promise<MemoryPage> => {
  const { memories } = db.tables
  const { sort = 'recent', limit = DEFAULT_LIMIT, cursor } = options
  const column = sortColumn(memories, sort)
  const rows = await db.query
    .select()
    .from(memories)
    .where(and(listFilter(memories, options), cursor ? after(memories, sort, cursor) : undefined))
    .orderBy(desc(column), desc(memories.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const nextCursor =
    last && rows.length > limit ? toCursor(sortValue(last, sort), last.id) : undefined
  return { memories: page.map(toMemory), nextCursor }
}

type Memories = Tables['memories']

const listFilter = (memories: Memories, options: ListOptions): SQL | undefined =>
  and(
    eq(memories.projectId, options.projectId),
    options.memoryTypes && inArray(memories.memoryType, [...options.memoryTypes]),
    options.domain && eq(memories.domain, options.domain),
    options.consolidationStates &&
      inArray(memories.consolidationState, [...options.consolidationStates]),
    options.includeSuperseded ? undefined : isNull(memories.supersededAt),
  )

const sortColumn = (memories: Memories, sort: MemorySort) => {
  if (sort === 'useful') return memories.usefulness
  return sort === 'accessed' ? memories.accessCount : memories.createdAt
}

const sortValue = (row: Memories['$inferSelect'], sort: MemorySort): number => {
  if (sort === 'useful') return row.usefulness
  return sort === 'accessed' ? row.accessCount : row.createdAt.getTime()
}

const after = (memories: Memories, sort: MemorySort, cursor: string): SQL | undefined => {
  const { value, id } = fromCursor(cursor)
  if (sort === 'recent') return beyond(memories, memories.createdAt, { value: new Date(value), id })
  return beyond(memories, sortColumn(memories, sort), { value, id })
}

/** What comes after a row in descending order; ids tell equal values apart. */
const beyond = (
  memories: Memories,
  column: ReturnType<typeof sortColumn>,
  { value, id }: { value: number | Date; id: string },
): SQL | undefined => or(lt(column, value), and(eq(column, value), lt(memories.id, id)))

const toCursor = (value: number, id: string): string => `${value}:${id}`

const fromCursor = (cursor: string): { value: number; id: string } => {
  const [, value, id] = /^([^:]+):(.+)$/s.exec(cursor) ?? []
  const isKnown = id !== undefined && Number.isFinite(Number(value))
  if (isKnown) return { value: Number(value), id }
  throw new StorageError('invalid', { detail: 'cursor must be the nextCursor of a page before' })
}
