import type pg from 'pg'
import type { Connection } from '../engine.ts'
import { connectPg, type PgClientOptions } from './pg-client.ts'
import { toParameter, valueTypes } from './pg-values.ts'
import {
  CANNOT_CONNECT,
  codeOf,
  CONNECTION_CLOSED,
  CONNECTION_LOST,
  isLostConnection,
  toStorageError,
} from './postgres-errors.ts'

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
/** How long statements under way may take when the connection is closed. */
const LAST_WORDS_MS = 5000

/** Makes a connection of node-postgres, over which statements go out as they come. */
export const createPgConnection = (options: PgClientOptions): PgConnection => {
  const line = createLine(options)
  const openedAt = performance.now()
  const names = new Map<string, string>()
  const nameOf = (text: string): string => {
    const name = names.get(text) ?? `athena${names.size}`
    names.set(text, name)
    return name
  }
  const execute: Connection['execute'] = (text, params) =>
    line.send({ text, name: nameOf(text), values: params.map(toParameter) })
  const control = async (text: string): Promise<void> => {
    await line.send({ text })
  }
  /** Sends what has no answer worth waiting for. */
  const post = async (text: string): Promise<void> => {
    control(text).catch(() => undefined)
  }
  return {
    isConnected: line.isConnected,
    isSpent: () => line.isLost() || performance.now() - openedAt > MAX_LIFETIME_MS,
    execute,
    async begin(mode, work) {
      // A snapshot has nothing to keep.
      const tell = mode.endsWith('read only') && line.isConnected() ? post : control
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
    close: line.close,
  }
}

type Statement = Omit<pg.QueryArrayConfig, 'rowMode' | 'types'>

/** The client, and what has become of it. */
const createLine = (options: PgClientOptions) => {
  let state: 'new' | 'connected' | 'lost' = 'new'
  let client: Promise<pg.Client> | undefined
  const isLost = () => state === 'lost'
  const lose = () => {
    state = 'lost'
  }
  const connect = async (): Promise<pg.Client> => {
    const connected = await connectPg(options, lose).catch((error: unknown) => {
      lose()
      throw toStorageError(error).code === 'unknown' ? failure(CANNOT_CONNECT, error) : error
    })
    // It may have ended before anybody was told that it is there.
    if (isLost()) {
      await connected.end()
      throw failure(CONNECTION_CLOSED)
    }
    state = 'connected'
    return connected
  }
  return {
    isLost,
    isConnected: () => state === 'connected',
    async send(statement: Statement): Promise<unknown[][]> {
      if (isLost()) throw failure(CONNECTION_LOST)
      const connected = await (client ??= connect())
      try {
        const query = { ...statement, rowMode: 'array', types: valueTypes } as const
        return (await connected.query<unknown[]>(query)).rows
      } catch (error) {
        if (isLostConnection(error) || isOutdated(error)) lose()
        throw isLost() ? named(error) : error
      }
    },
    async close(): Promise<void> {
      // One that could not be made has nothing to close.
      const connected = await client?.catch(() => undefined)
      const cut = setTimeout(() => connected?.connection.stream.destroy(), LAST_WORDS_MS)
      await connected?.end()
      clearTimeout(cut)
    },
  }
}

const failure = (code: string, cause?: unknown) =>
  Object.assign(new Error('there is no connection', { cause }), { code })

/** Errors of the driver itself have no codes; nor is it the statement's fault that it was prepared long ago. */
const named = (error: unknown): unknown =>
  codeOf(error) === undefined || isOutdated(error) ? failure(CONNECTION_CLOSED, error) : error

/** The statement was prepared before a table changed; on a new connection it works. */
const isOutdated = (error: unknown): boolean =>
  error instanceof Error && Reflect.get(error, 'routine') === 'RevalidateCachedQuery'
