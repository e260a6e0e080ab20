import type pg from 'pg'
import { OpsError } from '../ops-error.ts'
import { createLine, type Line } from './line.ts'
import { openCursor, type Batch } from './open-cursor.ts'
import { toOpsError } from './to-ops-error.ts'

/** A column of a result, as PostgreSQL describes it. */
export interface RawColumn {
  readonly name: string
  /** The oid of its type. */
  readonly type: number
}

/** Values as PostgreSQL writes them in text. */
export type RawRow = readonly (string | null)[]

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

/** Opens one connection; connects with the first statement. */
export const openConnection = (options: ConnectionOptions): Connection => {
  const line = openLine(options)
  let isRetired = false
  let stopAsking: (() => void) | undefined
  const isGivenUp = (): boolean => stopAsking !== undefined

  const watch = async <Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> => {
    if (isGivenUp()) throw new OpsError('cancelled', 'the statement was given up')
    const stopWatching = line.watch()
    try {
      return await work(await line.connect())
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
      await line.close()
    },
    async command(text) {
      await watch((client) => client.query(text))
    },
    async run(text, { params = [], batch = 50, onRows = () => true } = {}) {
      const cursor = await watch(async (client) => openCursor(client, text, params))
      const read = () => watch(() => cursor.read(batch))
      const isWanted = async ({ rows, columns }: Batch): Promise<boolean> => {
        let wantsMore = false
        try {
          wantsMore = onRows(rows, columns)
        } finally {
          // Also where a reader throws: what runs next finds the connection free.
          if (!wantsMore) await watch(cursor.close)
        }
        return wantsMore
      }
      let part = await read()
      while (part.rows.length > 0 && (await isWanted(part))) part = await read()
      return { columns: part.columns, count: part.count }
    },
  }
}

const openLine = ({ url, applicationName }: ConnectionOptions): Line => {
  const address = new URL(url)
  // `sslmode` means what it means elsewhere: `require` encrypts, `verify-full` looks at the certificate too.
  address.searchParams.set('uselibpqcompat', 'true')
  try {
    return createLine({
      connectionString: address.href,
      application_name: applicationName,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 60_000,
      types: AS_TEXT,
    })
  } catch (thrown) {
    // Such as a certificate that the address names and that is not there.
    throw toOpsError(thrown)
  }
}

const AS_TEXT: pg.CustomTypesConfig = { getTypeParser: () => (text: string) => text }
