import connect from 'postgres'
import type { Connection } from '../engine.ts'
import { CONNECTION_LOST, isLostConnection } from './postgres-errors.ts'

export interface PostgresConnectionOptions {
  readonly url: string
  /** Settings of every connection, such as `athena.tenant_id` or `role`. */
  readonly settings: Readonly<Record<string, string>>
  readonly statementTimeoutMs: number
  readonly lockTimeoutMs: number
  readonly connectTimeoutMs: number
}

/** One connection, made when it is first needed; once it is lost it refuses everything. */
export interface PostgresJsConnection extends Connection {
  isConnected(): boolean
  isLost(): boolean
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
 * A postgres.js client that lives as long as its only connection. A pool of postgres.js sends what
 * follows a lost connection to that connection's successor, into the transaction of somebody else;
 * a connection that it makes anew keeps what the old one had not sent, and may hang on it; and its
 * `begin` refuses to commit what a savepoint has forgiven (seen in version 3.4.9).
 */
export const createPostgresJsConnection = (
  options: PostgresConnectionOptions,
): PostgresJsConnection => {
  let state: 'new' | 'connected' | 'lost' = 'new'
  const sql = connectOnce(options, () => {
    state = 'lost'
  })
  const note = (error: unknown): never => {
    if (isLostConnection(error)) state = 'lost'
    throw error
  }
  let turn: Promise<unknown> = Promise.resolve()
  /** One at a time: a statement that waits inside postgres.js would be sent to a new connection. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(() => (state === 'lost' ? Promise.reject(lost()) : work()))
    turn = done.catch(() => undefined)
    return done
  }
  const send = <T>(query: () => Promise<T>): Promise<T> =>
    inTurn(async () => {
      const result = await query().catch(note)
      if (state === 'new') state = 'connected'
      return result
    })
  /** Sends what has no answer worth waiting for: the next statement follows in the same packet. */
  const post = (text: string): Promise<void> =>
    inTurn(async () => {
      const told = sql.unsafe(text).catch(note)
      told.catch(() => undefined)
    })
  const execute: Connection['execute'] = (text, params) =>
    send(async () => {
      const rows = await sql.unsafe(text, params.map(toParameter), { prepare: true }).values()
      // What followed a lost statement may have been sent anew, to another connection.
      if (state === 'lost') throw lost()
      return rows
    })
  const control = (text: string) => send(async () => sql.unsafe(text))
  return {
    isConnected: () => state === 'connected',
    isLost: () => state === 'lost',
    execute,
    async begin(mode, work) {
      // A snapshot has nothing to keep.
      const tell = isReadOnly(mode) && state === 'connected' ? post : control
      await tell(`begin ${mode}`)
      try {
        const result = await work({ execute })
        await tell('commit')
        return result
      } catch (error) {
        // Fails only where the connection is lost, and the transaction with it.
        await control('rollback').catch(() => undefined)
        throw error
      }
    },
    // A client without a connection would wait for one until the time is up.
    close: () => sql.end({ timeout: state === 'connected' ? LAST_WORDS_S : 0 }),
  }
}

const isReadOnly = (mode: string): boolean => mode.endsWith('read only')

const connectOnce = (options: PostgresConnectionOptions, onclose: () => void) =>
  connect(options.url, {
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
    onclose,
  })

const lost = () => Object.assign(new Error('the connection was lost'), { code: CONNECTION_LOST })

const toParameter = (value: unknown): string | number | boolean | Uint8Array | null => {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Uint8Array) return value
  throw new TypeError('a parameter must be text, a number, a boolean, bytes or null')
}
