import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, type InValue } from '@libsql/client'
import { openLibsql } from '@athena-memory/db-core/libsql'
import type { Backend, TestDatabase } from './test-database.ts'

/** A libSQL file in a directory of its own. */
export const libsqlBackend: Backend = {
  name: 'libsql',
  async open() {
    const folder = mkdtempSync(join(tmpdir(), 'athena-libsql-'))
    const path = join(folder, 'memory.db')
    const database = await openLibsql({ type: 'sqlite', path, tenantId: 'default' })
    // A look from outside, as another process would have it; reads only, since the driver loses writes.
    const client = createClient({ url: `file:${path}` })
    const execute: TestDatabase['execute'] = async (sql, params = []) => {
      const { rows, columns } = await client.execute({ sql, args: params.map(toInValue) })
      return rows.map((row) => columns.map((_, index) => row[index]))
    }
    return {
      ...database,
      execute,
      executeAsOwner: execute,
      empty: () =>
        database.transaction(async (tx) => {
          for (const table of Object.values(tx.tables).toReversed()) await tx.query.delete(table)
        }),
      async close() {
        client.close()
        await database.close()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  },
}

const toInValue = (value: unknown): InValue => {
  if (typeof value === 'string' || typeof value === 'number') return value
  if (value === null || value instanceof Uint8Array) return value
  throw new TypeError('a parameter must be text, a number, bytes or null')
}
