import {
  createPostgresJsClient,
  type PostgresConnectionOptions,
  type PostgresJsClient,
} from './postgres-js-client.ts'
import type { PostgresDriver } from './postgres-driver.ts'

/** A pool of at most `maxSize` postgres.js connections, which open when they are needed. */
export const createPostgresJsDriver = (
  options: PostgresConnectionOptions & { readonly maxSize: number },
): PostgresDriver => {
  const clients = Array.from({ length: options.maxSize }, () => createPostgresJsClient(options))
  const free = clients.toReversed()
  const withClient = async <T>(work: (client: PostgresJsClient) => Promise<T>): Promise<T> => {
    const client = free.pop()
    if (!client) throw new Error(`more than ${options.maxSize} statements or transactions at once`)
    return work(client).finally(() => free.push(client))
  }
  return {
    max: options.maxSize,
    size: () => clients.filter((client) => client.isConnected()).length,
    execute: (text, params) => withClient((client) => client.execute(text, params)),
    begin: (mode, work) => withClient((client) => client.begin(mode, work)),
    async close() {
      await Promise.all(clients.map((client) => client.close()))
    },
  }
}
