import { Socket } from 'node:net'
import connect from 'postgres'
import { z } from 'zod'
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
  /** Settings the session begins with. */
  readonly settings?: Readonly<Record<string, string>>
}

const asText = (value: unknown): string => String(value)
/** Parameters are sent as they were given: the server knows what they are. */
const AS_GIVEN = {
  to: 0,
  from: [16, 17, 114, 1082, 1114, 1184, 3802],
  serialize: asText,
  parse: asText,
}

/** Parse, Bind and Execute: the server refuses more than one statement. Without it, no parameters mean the simple protocol. */
const EXTENDED = { simple: false, prepare: false }

/** Opens one connection; connects with the first statement. */
export const openConnection = (options: ConnectionOptions): Connection => {
  const line = createLine()
  // The declarations of the driver do not know `socket` and `simple`.
  const settings = {
    max: 1,
    fetch_types: false,
    prepare: false,
    max_lifetime: null,
    connect_timeout: 10,
    onnotice: () => undefined,
    types: { asGiven: AS_GIVEN },
    socket: line.open,
    connection: { application_name: options.applicationName, ...options.settings },
  }
  const sql = connect(options.url, settings)
  let isRetired = false
  let running: { cancel(): void } | undefined

  const watch = async <Result>(
    query: PromiseLike<Result> & { cancel(): void },
  ): Promise<Result> => {
    running = query
    try {
      return await query
    } catch (thrown) {
      throw toOpsError(thrown, line.wasTooMuch())
    } finally {
      running = undefined
    }
  }

  return {
    isSpent: () => isRetired || line.isLost(),
    retire() {
      isRetired = true
    },
    cancel() {
      // The signal may arrive late, and would hit whatever runs then.
      isRetired = true
      running?.cancel()
    },
    allowBytes: line.allow,
    close: () => sql.end({ timeout: 1 }),
    async command(text) {
      await watch(sql.unsafe(text))
    },
    async run(text, { params = [], batch = 50, onRows = () => true } = {}) {
      const rows = createRows(onRows)
      const query = sql.unsafe(text, [...params], EXTENDED).raw()
      const cursor = query.cursor(batch, (part) => (rows.take(part) ? undefined : sql.CLOSE))
      const cancellable = { cancel: () => query.cancel() }
      const result = await watch(Object.assign(Promise.resolve(cursor), cancellable))
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

interface Line {
  /** Gives the one socket of the connection, and others only to cancel what runs on it. */
  readonly open: (target: {
    host: string[]
    port: number[]
    path?: string | false
  }) => Promise<Socket>
  readonly isLost: () => boolean
  readonly wasTooMuch: () => boolean
  readonly allow: (bytes: number) => void
}

const createLine = (): Line => {
  let first: Socket | undefined
  let left = Number.POSITIVE_INFINITY
  let hasFailed = false
  const isLost = (): boolean => hasFailed || first?.destroyed === true
  return {
    isLost,
    wasTooMuch: () => left < 0,
    allow: (bytes) => {
      left = bytes
    },
    async open({ host, port, path }) {
      if (isLost()) throw new Error('the connection was lost')
      const socket = new Socket()
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve).once('error', (error) => {
          hasFailed = true
          reject(error)
        })
        if (path) socket.connect(path)
        else socket.connect(port[0] ?? 5432, host[0] ?? 'localhost')
      })
      if (first) return socket
      first = socket
      socket.on('data', (bytes) => {
        left -= bytes.length
        if (left < 0) socket.destroy()
      })
      return socket
    },
  }
}
