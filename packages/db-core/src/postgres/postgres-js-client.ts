import connect from 'postgres'
import type { Connection } from '../engine.ts'
import { CONNECTION_LOST } from './postgres-errors.ts'

export interface PostgresConnectionOptions {
  readonly url: string
  /** Settings of every connection, such as `athena.tenant_id` or `role`. */
  readonly settings: Readonly<Record<string, string>>
  readonly statementTimeoutMs: number
  readonly lockTimeoutMs: number
  readonly connectTimeoutMs: number
}

/** One connection, made when it is first needed and again after it was lost. */
export interface PostgresJsClient extends Connection {
  isConnected(): boolean
  /** Runs `work` between `begin <mode>` and `commit`, or `rollback`. */
  begin<T>(mode: string, work: (connection: Connection) => Promise<T>): Promise<T>
  close(): Promise<void>
}

const json = [114, 3802]
const dates = [1082, 1114, 1184]

/** Drizzle writes and reads JSON and dates itself: the driver passes PostgreSQL's text through. */
const asText = {
  to: 25,
  from: [...json, ...dates],
  serialize: (value: unknown) => value,
  parse: (value: string) => value,
}

const MAX_LIFETIME_S = 3600
const LAST_WORDS_S = 5
/** The default of 4 makes the planner scan whole tables rather than read wide vectors by index. */
const RANDOM_PAGE_COST = '1.1'

/**
 * A postgres.js client of a single connection. With more, postgres.js sends what follows a lost
 * connection to that connection's successor, into the transaction of somebody else, and its own
 * `begin` refuses to commit what a savepoint has forgiven.
 */
export const createPostgresJsClient = (options: PostgresConnectionOptions): PostgresJsClient => {
  let isConnected = false
  let losses = 0
  const sql = connect(options.url, {
    max: 1,
    max_lifetime: MAX_LIFETIME_S,
    connect_timeout: options.connectTimeoutMs / 1000,
    fetch_types: false,
    types: { asText },
    connection: {
      application_name: 'athena',
      statement_timeout: options.statementTimeoutMs,
      lock_timeout: options.lockTimeoutMs,
      random_page_cost: RANDOM_PAGE_COST,
      ...options.settings,
    },
    onnotice: () => undefined,
    onclose: () => {
      isConnected = false
      losses += 1
    },
  })
  const execute: Connection['execute'] = async (text, params) => {
    const rows = await sql.unsafe(text, params.map(toParameter), { prepare: true }).values()
    isConnected = true
    return rows
  }
  /** The connection as it is now: refuses its successor. */
  const current = () => {
    const lossesBefore = losses
    return async <T>(send: () => Promise<T>): Promise<T> => {
      if (losses === lossesBefore) return send()
      throw Object.assign(new Error('the connection was lost'), { code: CONNECTION_LOST })
    }
  }
  return {
    isConnected: () => isConnected,
    execute,
    async begin(mode, work) {
      await sql.unsafe(`begin ${mode}`)
      const onSame = current()
      try {
        const result = await work({
          execute: (text, params) => onSame(() => execute(text, params)),
        })
        await onSame(() => sql.unsafe('commit'))
        return result
      } catch (error) {
        // Fails only where the connection is lost, and the transaction with it.
        await onSame(() => sql.unsafe('rollback')).catch(() => undefined)
        throw error
      }
    },
    close: () => sql.end({ timeout: LAST_WORDS_S }),
  }
}

const toParameter = (value: unknown): string | number | boolean | Uint8Array | null => {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Uint8Array) return value
  throw new TypeError('a parameter must be text, a number, a boolean, bytes or null')
}
