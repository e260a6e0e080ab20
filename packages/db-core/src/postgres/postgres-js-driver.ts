import connect from 'postgres'
import type { PostgresDriver } from './postgres-driver.ts'

export interface PostgresConnectionOptions {
  readonly url: string
  /** Connections opened at once and kept. */
  readonly minSize: number
  /** The most connections at a time. */
  readonly maxSize: number
  /** Settings of every connection, such as `athena.tenant_id` or `role`. */
  readonly settings: Readonly<Record<string, string>>
  readonly statementTimeoutMs: number
  readonly lockTimeoutMs: number
  readonly connectTimeoutMs: number
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
/** The default of 4 makes the planner scan whole tables rather than read wide vectors by index. */
const RANDOM_PAGE_COST = '1.1'

/** A pool of postgres.js connections. */
export const createPostgresJsDriver = (options: PostgresConnectionOptions): PostgresDriver => {
  let active = 0
  let open = 0
  const sql = connect(options.url, {
    max: options.maxSize,
    max_lifetime: MAX_LIFETIME_S,
    connect_timeout: options.connectTimeoutMs / 1000,
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
      open = Math.max(0, open - 1)
    },
  })
  // postgres.js does not tell: it opens a connection when all open ones are busy.
  const counted = async <T>(work: () => Promise<T>): Promise<T> => {
    active += 1
    open = Math.max(open, active)
    return work().finally(() => {
      active -= 1
    })
  }
  return {
    max: options.maxSize,
    size: () => open,
    execute: (text, params) => counted(() => run(sql, text, params)),
    begin: (mode, work) =>
      counted(async () => {
        const { result } = await sql.begin(mode, async (tx) => ({
          result: await work({ execute: (text, params) => run(tx, text, params) }),
        }))
        return result
      }),
    close: () => sql.end({ timeout: 5 }),
  }
}

const run = async (sql: connect.ISql, text: string, params: readonly unknown[]) =>
  sql.unsafe(text, params.map(toParameter), { prepare: true }).values()

const toParameter = (value: unknown): string | number | boolean | Uint8Array | null => {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Uint8Array) return value
  throw new TypeError('a parameter must be text, a number, a boolean, bytes or null')
}
