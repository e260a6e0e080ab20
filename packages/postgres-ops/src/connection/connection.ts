import connect from 'postgres'
import { z } from 'zod'
import { OpsError } from '../ops-error.ts'
import { createLine } from './line.ts'
import { toOpsError } from './to-ops-error.ts'

/** A column of a result, as PostgreSQL describes it. */
export interface RawColumn {
  readonly name: string
  /** The oid of its type. */
  readonly type: number
}

/** Values as PostgreSQL writes them in text. */
export type RawRow = readonly (Buffer | null)[]

/** What one statement left. */
export interface RawResult {
  readonly columns: readonly RawColumn[]
  /** Rows that were changed or read, as PostgreSQL counts them; 0 when it was not read to its end. */
  readonly count: number
}

/** What becomes of the rows of one statement. */
export interface Reading {
  readonly params?: readonly (string | null)[]
  /** How many rows are asked for at once. Default 50. */
  readonly batch?: number
  /** Gets the rows in batches; answers whether it wants more. */
  readonly onRows?: (rows: readonly RawRow[], columns: readonly RawColumn[]) => boolean
}

/** One connection to PostgreSQL. When it is lost it stays lost: no statement slips into another. */
export interface Connection {
  /** Whether it must not be used again: it was lost, or what ran on it was cancelled. */
  readonly isSpent: () => boolean
  /** Has it closed after use. */
  retire(): void
  /** Runs text of this package's own: several statements, no parameters, results thrown away. */
  command(sql: string): Promise<void>
  /** Runs one statement through the extended protocol, whatever it holds. */
  run(sql: string, reading?: Reading): Promise<RawResult>
  /** Has the server stop what it does here. */
  cancel(): void
  /** The most bytes that may arrive until this is called again; the connection is lost beyond. */
  allowBytes(bytes: number): void
  close(): Promise<void>
}

/** How a connection is made. */
export interface ConnectionOptions {
  readonly url: string
  /** What the server shows of this connection. */
  readonly applicationName: string
}

const asText = (value: unknown): string => String(value)
/** Parameters are sent as they were given: the server knows what they are. */
const AS_GIVEN = {
  to: 0,
  from: [16, 17, 114, 1082, 1114, 1184, 3802],
  serialize: asText,
  parse: asText,
}

const SETTINGS = {
  max: 1,
  fetch_types: false,
  prepare: false,
  max_lifetime: null,
  connect_timeout: 10,
  onnotice: () => undefined,
  types: { asGiven: AS_GIVEN },
}

/**
 * Parse, Bind and Execute: the server refuses more than one statement. Without `simple`, a statement
 * without parameters goes through the simple protocol.
 */
const EXTENDED = { simple: false, prepare: false }

/** Opens one connection; connects with the first statement. */
export const openConnection = (options: ConnectionOptions): Connection => {
  const line = createLine()
  // A variable, because the declarations of the driver do not know `socket`.
  const settings = {
    ...SETTINGS,
    socket: line.open,
    connection: { application_name: options.applicationName },
  }
  const sql = connect(options.url, settings)
  let isRetired = false
  let stopAsking: (() => void) | undefined
  const isGivenUp = (): boolean => stopAsking !== undefined

  const watch = async <Result extends object>(query: PromiseLike<Result>): Promise<Result> => {
    if (isGivenUp()) throw new OpsError('cancelled', 'the statement was given up')
    const stopWatching = line.watch()
    try {
      const result = await query
      line.remember(result)
      return result
    } catch (thrown) {
      throw toOpsError(thrown, line.wasTooMuch())
    } finally {
      stopWatching()
      stopAsking?.()
    }
  }

  return {
    isSpent: () => isRetired || line.isLost(),
    retire() {
      isRetired = true
    },
    cancel() {
      // It may arrive late, and would hit whatever runs then.
      isRetired = true
      stopAsking ??= line.cancel()
    },
    allowBytes: line.allow,
    async close() {
      stopAsking?.()
      await sql.end({ timeout: 1 })
    },
    async command(text) {
      const results = await watch(sql.unsafe(text))
      line.remember(Object(results[0]))
    },
    async run(text, { params = [], batch = 50, onRows = () => true } = {}) {
      const rows = createRows(onRows)
      const query = sql.unsafe(text, [...params], EXTENDED).raw()
      const cursor = query.cursor(batch, (part) => (rows.take(part) ? undefined : sql.CLOSE))
      const result = await watch(cursor)
      // What has no count in its command tag, such as SHOW, is not given in batches.
      if (!result.count) rows.take(result)
      return { columns: rows.columns(), count: result.count ?? 0 }
    },
  }
}

/** Hands rows on. Errors wait until the end: the driver loses its place when a reader throws. */
const createRows = (onRows: NonNullable<Reading['onRows']>) => {
  let columns: RawColumn[] = []
  let wantsMore = true
  let failure: unknown
  return {
    take(part: RawRow[]): boolean {
      if (!wantsMore) return false
      // Only the first part says what the columns are.
      if (columns.length === 0) columns = columnsOf(part)
      try {
        wantsMore = part.length === 0 || onRows(part, columns)
      } catch (thrown) {
        failure = thrown
        wantsMore = false
      }
      return wantsMore
    },
    columns(): readonly RawColumn[] {
      if (failure !== undefined) throw failure
      return columns
    },
  }
}

const columnsOf = (part: object): RawColumn[] =>
  'columns' in part ? (COLUMNS.parse(part.columns) ?? []) : []

const COLUMNS = z.array(z.object({ name: z.string(), type: z.number() })).nullish()
