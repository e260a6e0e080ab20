import { type Database, StorageError, type Tables } from '@athena-memory/db-core'
import { and, count, desc, eq, or, type SQL } from 'drizzle-orm'
import {
  beyond,
  checkItem,
  checkShares,
  cutPage,
  DEFAULT_LIMIT,
  fromCursor,
  type PageOptions,
} from '@athena-memory/db-core/stores'
import type { StoreContext } from './store-context.ts'

/** That something known in one project is of use in another. */
export interface NewTransfer {
  /** The project that receives it. */
  readonly projectId: string
  readonly fromProjectId: string
  readonly layer: string
  /** The row there. */
  readonly fromId: string
  /** The row that was made of it here; absent where none was. */
  readonly toId?: string | undefined
  /** How well it fits here, from 0 to 1. */
  readonly applicability: number
  readonly reason?: string | undefined
}

/** A transfer that was noted. */
export interface Transfer extends NewTransfer {
  readonly id: string
  readonly transferredAt: Date
}

type TransferRow = Tables['transfers']['$inferSelect']

const toTransfer = (row: TransferRow): Transfer => ({
  id: row.id,
  projectId: row.projectId,
  fromProjectId: row.fromProjectId,
  layer: row.layer,
  fromId: row.fromId,
  toId: row.toId ?? undefined,
  applicability: row.applicability,
  reason: row.reason ?? undefined,
  transferredAt: row.transferredAt,
})

/** Notes a transfer; see `MetaStore.transfer`. */
export const recordTransfer = async (
  { db, now, newId }: StoreContext,
  transfer: NewTransfer,
): Promise<Transfer> => {
  checkShares({ applicability: transfer.applicability })
  checkItem('from', { layer: transfer.layer, id: transfer.fromId })
  const { projectId, fromProjectId, layer, fromId, toId, applicability, reason } = transfer
  if (projectId === fromProjectId) {
    throw new StorageError('invalid', { detail: 'fromProjectId must be another project' })
  }
  const at = now()
  const values = { projectId, fromProjectId, layer, fromId, toId, applicability, reason }
  const times = { transferredAt: at, createdAt: at, updatedAt: at }
  return db.transaction(async ({ query, tables: { projects, transfers } }) => {
    const origins = await query.$count(projects, eq(projects.id, fromProjectId))
    if (origins === 0) {
      const detail = 'fromProjectId must be the id of a project'
      throw new StorageError('missing-reference', { detail })
    }
    const [row] = await query
      .insert(transfers)
      .values({ ...values, ...times, id: newId() })
      .returning()
    if (!row) throw new Error('One transfer was written.')
    return toTransfer(row)
  })
}

/** What a project received, what it gave, or both. */
export const TRANSFER_DIRECTIONS = ['received', 'given', 'both'] as const
export type TransferDirection = (typeof TRANSFER_DIRECTIONS)[number]

/** Which transfers. */
export interface TransferOptions extends PageOptions {
  readonly projectId: string
  /** Default `received`. */
  readonly direction?: TransferDirection | undefined
}

/** Transfers, the latest first. */
export interface TransferPage {
  readonly transfers: Transfer[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

/** What was transferred; see `MetaStore.transfers`. */
export const listTransfers = async (
  db: Database,
  { projectId, direction = 'received', limit = DEFAULT_LIMIT, cursor }: TransferOptions,
): Promise<TransferPage> => {
  const { transfers } = db.tables
  const after = cursor === undefined ? undefined : fromCursor(cursor)
  const order = { column: transfers.transferredAt, id: transfers.id }
  const rows = await db.query
    .select()
    .from(transfers)
    .where(
      and(
        ofProject(db, projectId, direction),
        after && beyond(order, new Date(after.value), after.id),
      ),
    )
    .orderBy(desc(order.column), desc(order.id))
    .limit(limit + 1)
  const { page, nextCursor } = cutPage(rows, limit, ({ transferredAt, id }) => ({
    value: transferredAt.getTime(),
    id,
  }))
  return { transfers: page.map(toTransfer), nextCursor }
}

const ofProject = (
  { tables: { transfers } }: Database,
  projectId: string,
  direction: TransferDirection,
): SQL | undefined =>
  or(
    direction === 'given' ? undefined : eq(transfers.projectId, projectId),
    direction === 'received' ? undefined : eq(transfers.fromProjectId, projectId),
  )

/** How much a project received and gave. */
export const countTransfers = async (
  db: Database,
  projectId: string,
): Promise<{ received: number; given: number }> => {
  const { transfers } = db.tables
  const countOf = async (direction: TransferDirection) => {
    const [row] = await db.query
      .select({ rows: count() })
      .from(transfers)
      .where(ofProject(db, projectId, direction))
    return row?.rows ?? 0
  }
  return { received: await countOf('received'), given: await countOf('given') }
}
