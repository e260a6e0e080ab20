import pg from 'pg'

export interface PgClientOptions {
  readonly url: string
  /** Settings of the connection, such as `athena.tenant_id` or `role`. */
  readonly settings: Readonly<Record<string, string>>
  readonly statementTimeoutMs: number
  readonly lockTimeoutMs: number
  readonly connectTimeoutMs: number
}

/** The default of 4 makes the planner scan whole tables rather than read wide vectors by index. */
const RANDOM_PAGE_COST = '1.1'

/** What node-postgres says where encryption is asked of a server that has none; the error has no code. */
const UNENCRYPTED = 'The server does not support SSL connections'

/**
 * Connects once: the client never connects anew. `onEnd` is called when the connection ends, however that
 * comes about.
 */
export const connectPg = async (
  options: PgClientOptions,
  onEnd: () => void,
): Promise<pg.Client> => {
  const url = withSettings(options)
  const connect = (sslMode?: string): Promise<pg.Client> => {
    if (sslMode !== undefined) url.searchParams.set('sslmode', sslMode)
    return connectTo(url, options.connectTimeoutMs, onEnd)
  }
  if (!/^(?:prefer|allow)$/.test(url.searchParams.get('sslmode') ?? '')) return connect()
  return connect('prefer').catch((error: unknown) => {
    if (error instanceof Error && error.message === UNENCRYPTED) return connect('disable')
    throw error
  })
}

const connectTo = async (url: URL, timeoutMs: number, onEnd: () => void): Promise<pg.Client> => {
  const client = new pg.Client({
    application_name: 'athena',
    connectionString: url.href,
    connectionTimeoutMillis: timeoutMs,
    keepAlive: true,
    // What is sent before others have been answered waits in the server.
    pipeline: true,
  })
  let isRefused = false
  const end = (): void => {
    if (!isRefused) onEnd()
  }
  // An error that nobody listens to would end the process.
  client.on('error', end).on('end', end)
  await client.connect().catch((error: unknown) => {
    isRefused = true
    throw error
  })
  return client
}

/** The address with our settings after those that it asks for itself: the last ones win. */
const withSettings = (options: PgClientOptions): URL => {
  const settings = {
    statement_timeout: String(options.statementTimeoutMs),
    lock_timeout: String(options.lockTimeoutMs),
    random_page_cost: RANDOM_PAGE_COST,
    ...options.settings,
  }
  const url = new URL(options.url)
  const ours = Object.entries(settings).map(([name, value]) => `-c ${name}=${escapeOption(value)}`)
  url.searchParams.set('options', [url.searchParams.get('options') ?? '', ...ours].join(' '))
  // `sslmode` then means what it means elsewhere: `require` encrypts, `verify-full` looks at the certificate too.
  url.searchParams.set('uselibpqcompat', 'true')
  return url
}

const escapeOption = (value: string): string => value.replaceAll(/[\\\s]/g, '\\$&')
