import type { openPglite } from '@athena-memory/testing'
import type { ReadRows } from '../src/catalog/read-rows.ts'

/** Reads the catalogue of a PostgreSQL in this process. */
export const readPglite =
  (client: Awaited<ReturnType<typeof openPglite>>): ReadRows =>
  async (sql, row, params = []) => {
    const { rows } = await client.query<[unknown]>(sql, [...params], { rowMode: 'array' })
    return rows.map(([text]) => row.parse(JSON.parse(String(text))))
  }
