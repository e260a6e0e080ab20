import pg from 'pg'
import type { Connection } from '../engine.ts'
import { toVectorBytes } from '../vocabulary/vector-forms.ts'
import { codeOf, CONNECTION_CLOSED, CONNECTION_LOST, isLostConnection } from './postgres-errors.ts'

export interface PgConnectionOptions {
  readonly url: string
  /** Settings of every connection, such as `athena.tenant_id` or `role`. */
  readonly settings: Readonly<Record<string, string>>
  readonly statementTimeoutMs: number
  readonly lockTimeoutMs: number
  readonly connectTimeoutMs: number
}

/** One connection, made when it is first needed; once it is lost it refuses everything. */
export interface PgConnection extends Connection {
  isConnected(): boolean
  /** Whether another one should take its place. */
  isSpent(): boolean
  /** Runs `work` between `begin <mode>` and `commit`, or `rollback`. */
  begin<T>(mode: string, work: (connection: Connection) => Promise<T>): Promise<T>
  close(): Promise<void>
}

const MAX_LIFETIME_MS = 3_600_000
/** The default of 4 makes the planner scan whole tables rather than read wide vectors by index. */
const RANDOM_PAGE_COST = '1.1'

/** Statements go out as they come: the next one is there when the server has answered the one before it. */
export const createPgConnection = (options: PgConnectionOptions): PgConnection => {
  const openedAt = performance.now()
  let state: 'new' | 'connected' | 'lost' = 'new'
  let client: Promise<pg.Client> | undefined
  const lose = () => {
    state = 'lost'
  }
  const isLost = () => state === 'lost'
  const connect = async (): Promise<pg.Client> => {
    const made = new pg.Client(clientConfig(options))
    // Both come at any time, and an error that nobody listens to would end the process.
    made.on('error', lose).on('end', lose)
    await made.connect().catch((error: unknown) => {
      lose()
      throw named(error)
    })
    state = 'connected'
    return made
  }
  const send = async (query: Omit<pg.QueryArrayConfig, 'rowMode' | 'types'>) => {
    if (isLost()) throw lost()
    const connected = await (client ??= connect())
    try {
      return (await connected.query<unknown[]>({ ...query, rowMode: 'array', types })).rows
    } catch (error) {
      if (isLostConnection(error)) lose()
      throw isLost() ? named(error) : error
    }
  }
  const names = new Map<string, string>()
  const nameOf = (text: string): string => {
    const name = names.get(text) ?? `athena${names.size}`
    names.set(text, name)
    return name
  }
  const execute: Connection['execute'] = (text, params) =>
    send({ text, name: nameOf(text), values: params.map(toParameter) })
  const control = async (text: string): Promise<void> => {
    await send({ text })
  }
  /** Sends what has no answer worth waiting for. */
  const post = async (text: string): Promise<void> => {
    control(text).catch(() => undefined)
  }
  return {
    isConnected: () => state === 'connected',
    isSpent: () => isLost() || performance.now() - openedAt > MAX_LIFETIME_MS,
    execute,
    async begin(mode, work) {
      // A snapshot has nothing to keep.
      const tell = mode.endsWith('read only') && state === 'connected' ? post : control
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
    async close() {
      // One that could not be made has nothing to close.
      const made = await client?.catch(() => undefined)
      await made?.end()
    },
  }
}

/** What an address asks for, and our settings after it: those that come last win. */
const clientConfig = (options: PgConnectionOptions): pg.ClientConfig => {
  const settings = {
    statement_timeout: String(options.statementTimeoutMs),
    lock_timeout: String(options.lockTimeoutMs),
    random_page_cost: RANDOM_PAGE_COST,
    ...options.settings,
  }
  const url = new URL(options.url)
  const asked = Object.entries(settings).map(([name, value]) => `-c ${name}=${escapeOption(value)}`)
  url.searchParams.set('options', [url.searchParams.get('options') ?? '', ...asked].join(' '))
  // `sslmode` means what it means elsewhere: `require` encrypts, `verify-full` looks at the certificate too.
  url.searchParams.set('uselibpqcompat', 'true')
  return {
    application_name: 'athena',
    connectionString: url.href,
    connectionTimeoutMillis: options.connectTimeoutMs,
    keepAlive: true,
    pipeline: true,
  }
}

const escapeOption = (value: string): string => value.replaceAll(/[\\\s]/g, '\\$&')

const lost = () => Object.assign(new Error('the connection was lost'), { code: CONNECTION_LOST })

/** The driver's own errors have no codes. */
const named = (error: unknown): unknown =>
  codeOf(error) === undefined
    ? Object.assign(new Error('the connection ended', { cause: error }), { code: CONNECTION_CLOSED })
    : error

/** Drizzle reads JSON, dates and vectors itself, from PostgreSQL's text. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (type: number) => parsers.get(type) ?? ((text: string) => text),
}

const parsers = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.BOOL, (text) => text === 't'],
  [pg.types.builtins.BYTEA, (text) => Buffer.from(text.slice(2), 'hex')],
  ...[
    pg.types.builtins.INT2,
    pg.types.builtins.INT4,
    pg.types.builtins.OID,
    pg.types.builtins.FLOAT4,
    pg.types.builtins.FLOAT8,
  ].map((type) => [type, Number] as const),
])

/** Bytes go out as they are, everything else as text. */
const toParameter = (value: unknown): string | number | boolean | Uint8Array | null => {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Uint8Array) return value
  if (value instanceof Float32Array) return toVectorBytes(value)
  throw new TypeError('a parameter must be text, a number, a boolean, bytes, a vector or null')
}
