import { PGlite, type Transaction } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import type { PostgresDriver } from '@athena-memory/db-core/postgres'

type Queryable = Pick<PGlite | Transaction, 'query'>

const asText = (value: string): string => value
const [JSON_TYPE, JSONB_TYPE, DATE, TIMESTAMP, TIMESTAMPTZ] = [114, 3802, 1082, 1114, 1184]

const options = {
  rowMode: 'array' as const,
  parsers: {
    [JSON_TYPE]: asText,
    [JSONB_TYPE]: asText,
    [DATE]: asText,
    [TIMESTAMP]: asText,
    [TIMESTAMPTZ]: asText,
  },
  serializers: {
    [JSON_TYPE]: asText,
    [JSONB_TYPE]: asText,
    [DATE]: asText,
    [TIMESTAMP]: asText,
    [TIMESTAMPTZ]: asText,
  },
}

const run = async (client: Queryable, sql: string, params: readonly unknown[]) =>
  (await client.query<unknown[]>(sql, params.map(toParameter), options)).rows

/** PGlite takes vectors as text alone; JavaScript's text of -0 would lose the sign. */
const toParameter = (value: unknown): unknown =>
  value instanceof Float32Array
    ? `[${Array.from(value, (number) => (Object.is(number, -0) ? '-0' : number)).join(',')}]`
    : value

/** A PGlite with pgvector, made from a dump where one is given. */
export const openPglite = async (loadDataDir?: Blob): Promise<PGlite> =>
  PGlite.create({ extensions: { vector }, ...(loadDataDir ? { loadDataDir } : {}) })

/** PGlite as a driver: one connection. */
export const createPgliteDriver = (client: PGlite): PostgresDriver => ({
  max: 1,
  size: () => (client.closed ? 0 : 1),
  execute: (sql, params) => run(client, sql, params),
  begin: (mode, work) =>
    client.transaction(async (tx) => {
      await tx.exec(`set transaction ${mode}`)
      return work({ execute: (sql, params) => run(tx, sql, params) })
    }),
  close: () => client.close(),
})
