import type { PostgresDriver } from './postgres-driver.ts'
import {
  createPostgresJsConnection,
  type PostgresConnectionOptions,
  type PostgresJsConnection,
} from './postgres-js-connection.ts'

/** A pool of at most `maxSize` postgres.js connections, which open when they are needed. */
export const createPostgresJsDriver = (
  options: PostgresConnectionOptions & { readonly maxSize: number },
): PostgresDriver => {
  const open = () => createPostgresJsConnection(options)
  const free = Array.from({ length: options.maxSize }, open)
  const busy = new Set<PostgresJsConnection>()
  const take = (): PostgresJsConnection => {
    const found = free.pop()
    if (!found) throw new Error(`more than ${options.maxSize} statements or transactions at once`)
    const connection = found.isLost() ? open() : found
    busy.add(connection)
    return connection
  }
  const use = async <T>(work: (connection: PostgresJsConnection) => Promise<T>): Promise<T> => {
    const connection = take()
    return work(connection).finally(() => {
      busy.delete(connection)
      free.push(connection)
    })
  }
  const all = () => [...free, ...busy]
  return {
    max: options.maxSize,
    size: () => all().filter((connection) => connection.isConnected()).length,
    execute: (text, params) => use((connection) => connection.execute(text, params)),
    begin: (mode, work) => use((connection) => connection.begin(mode, work)),
    async close() {
      await Promise.all(all().map((connection) => connection.close()))
    },
  }
}
