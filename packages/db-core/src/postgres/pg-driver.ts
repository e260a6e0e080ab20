import { StorageError } from '../storage-error.ts'
import type { PgClientOptions } from './pg-client.ts'
import { createPgConnection, type PgConnection } from './pg-connection.ts'
import type { PostgresDriver } from './postgres-driver.ts'

/** A pool of at most `maxSize` connections of node-postgres, which open when they are needed. */
export const createPgDriver = (
  options: PgClientOptions & { readonly maxSize: number },
): PostgresDriver => {
  const open = () => createPgConnection(options)
  const free = Array.from({ length: options.maxSize }, open)
  const busy = new Set<PgConnection>()
  let isClosed = false
  const take = (): PgConnection => {
    if (isClosed) {
      throw new StorageError('unavailable', { detail: 'the database was closed; open it again' })
    }
    const found = free.pop()
    if (!found) throw new Error(`more than ${options.maxSize} statements or transactions at once`)
    const connection = found.isSpent() ? replace(found) : found
    busy.add(connection)
    return connection
  }
  const replace = (spent: PgConnection): PgConnection => {
    spent.close().catch(() => undefined)
    return open()
  }
  const use = async <T>(work: (connection: PgConnection) => Promise<T>): Promise<T> => {
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
      isClosed = true
      await Promise.all(all().map((connection) => connection.close()))
    },
  }
}
