import { byDialect, type Database } from '@athena-memory/db-core'
import { type SQL, sql } from 'drizzle-orm'
import { readLogBounds } from './log-bounds.ts'
import { toNumbers } from './row-list.ts'

/** How far a log of changes has been read. */
export interface LogPosition {
  /** On libSQL the last sequence number, on PostgreSQL a snapshot. */
  readonly reached: string
}

/** What changed since a position. */
export interface Changes extends LogPosition {
  /** Rows that were written or erased; absent where the log does not reach back that far. */
  readonly rowNumbers: readonly number[] | undefined
}

/**
 * The documents that changed since a position, as the snapshot has them, whichever process changed them.
 * Without a position nothing is known: `rowNumbers` is absent.
 */
export const readChanges = (snapshot: Database, since: LogPosition | undefined): Promise<Changes> =>
  byDialect(snapshot, {
    sqlite: () => readSequence(snapshot, 'documents', since),
    postgres: () => readSnapshotOnce(snapshot, since),
  })

/** The same for embeddings: on libSQL their own rows, on PostgreSQL those of their documents. */
export const readEmbeddingChanges = (
  snapshot: Database,
  since: LogPosition | undefined,
): Promise<Changes> =>
  byDialect(snapshot, {
    sqlite: () => readSequence(snapshot, 'embeddings', since),
    postgres: () => readSnapshotOnce(snapshot, since),
  })

const toRowNumbers = (list: string | null | undefined): number[] => [...new Set(toNumbers(list))]

const logs = { documents: sql`document_log`, embeddings: sql`embedding_log` }

const readSequence = async (
  snapshot: Database,
  of: keyof typeof logs,
  since: LogPosition | undefined,
): Promise<Changes> => {
  const known = Number(since?.reached ?? 0)
  const { first, last } = (await readLogBounds(snapshot))[of]
  // A snapshot that is older than what was read has nothing new.
  const reached = String(Math.max(last, known))
  if (since === undefined || first > known + 1) return { reached, rowNumbers: undefined }
  if (last <= known) return { reached, rowNumbers: [] }
  const [log] = await snapshot.query
    .select({ rows: sql<string | null>`group_concat(row_number)` })
    .from(logs[of])
    .where(sql`sequence > ${known}`)
  return { reached, rowNumbers: toRowNumbers(log?.rows) }
}

const asked = new WeakMap<Database, Map<string | undefined, Promise<Changes>>>()

/** Documents and vectors are mostly followed from the same position: a snapshot answers it once. */
const readSnapshotOnce = (snapshot: Database, since: LogPosition | undefined): Promise<Changes> => {
  if (snapshot.inTransaction) return readSnapshot(snapshot, since)
  const answers = asked.get(snapshot) ?? new Map<string | undefined, Promise<Changes>>()
  asked.set(snapshot, answers)
  const changes = answers.get(since?.reached) ?? readSnapshot(snapshot, since)
  answers.set(since?.reached, changes)
  return changes
}

/** Transactions do not end in the order in which they began: what a snapshot saw is remembered. */
const readSnapshot = async (
  { query }: Database,
  since: LogPosition | undefined,
): Promise<Changes> => {
  const oldestUnseen = since?.reached.split(':')[0] ?? '0'
  const [log] = await query
    .select({
      reached: sql<string>`pg_current_snapshot()::text`,
      // The log is trimmed from its oldest transaction on: one older than all unseen ones is proof of no gap.
      isWhole: sql<boolean | null>`(select changed_by from document_log order by changed_by limit 1)
        < ${oldestUnseen}::xid8`,
      rows: since ? unseenRows(since, oldestUnseen) : sql<null>`null`,
    })
    .from(sql`(select 1) as one`)
  const { reached = '', isWhole = false, rows } = log ?? {}
  return { reached, rowNumbers: isWhole ? toRowNumbers(rows) : undefined }
}

const unseenRows = ({ reached }: LogPosition, oldestUnseen: string): SQL<string | null> =>
  sql`(select string_agg(row_number::text, ',') from document_log
    where changed_by >= ${oldestUnseen}::xid8
      and not pg_visible_in_snapshot(changed_by, ${reached}::pg_snapshot))`
