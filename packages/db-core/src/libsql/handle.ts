import { type Client, createClient } from '@libsql/client'
import { toStorageError } from './to-storage-error.ts'

/**
 * How long SQLite itself may wait for a lock. It sleeps on the event loop's thread, so everything
 * longer is waited for in JavaScript.
 */
const blockingWaitMs = 5

/** One connection that keeps its settings when it has to be replaced. */
export interface Handle {
  readonly client: Client
  /** Applies the settings, if this connection has not got them yet. */
  configure(): Promise<void>
  /** Throws the connection away; the next `configure` opens another. */
  replace(): void
}

const connect = (url: string): Client => {
  try {
    // With more than one connection, settings would hold for whichever one happened to get them.
    return createClient({ url, concurrency: 1, timeout: blockingWaitMs, intMode: 'number' })
  } catch (error) {
    throw toStorageError(error)
  }
}

/** Opens one connection to `url` for which the SQL of `settings` holds once it is configured. */
export const openHandle = (url: string, settings: string): Handle => {
  const client = connect(url)
  let isConfigured = false
  return {
    client,
    async configure() {
      if (isConfigured) return
      await client.executeMultiple(settings)
      isConfigured = true
    },
    replace() {
      isConfigured = false
      client.reconnect()
    },
  }
}
