import { backends } from '@athena-memory/testing'
import { getTableColumns, getTableName } from 'drizzle-orm'
import { getTableConfig } from 'drizzle-orm/sqlite-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as sqlite from '../../src/tables/sqlite.ts'

const [libsql] = backends
let database: Awaited<ReturnType<NonNullable<typeof libsql>['open']>> | undefined

beforeAll(async () => {
  database = await libsql?.open()
})
afterAll(() => database?.close())

const planOf = async (table: string, columns: readonly string[]) => {
  const where = columns.map((column) => `${column} = 'x'`).join(' and ')
  const rows = await database?.execute(`explain query plan select * from ${table} where ${where}`)
  return rows?.map((row) => String(row.at(-1))).join()
}

// Stores never name the tenant: a key that began with it would be of no use to them.
describe.each(Object.values(sqlite).map((table) => ({ name: getTableName(table), table })))(
  '$name',
  ({ name, table }) => {
    it('is found by its id without being read through', async () => {
      const columns = Object.values(getTableColumns(table)).map((column) => column.name)
      const key = columns.includes('id') ? ['id'] : ['document_id', 'space_id']
      expect(await planOf(name, key)).toMatch(/^SEARCH .* USING INDEX/)
    })

    it('is found by the row it belongs to without being read through', async () => {
      for (const key of getTableConfig(table).foreignKeys) {
        // Nobody erases a space, and an index of all embeddings by theirs would serve nothing else.
        if (key.reference().foreignTable === sqlite.embeddingSpaces) continue
        const columns = key.reference().columns.map((column) => column.name)
        expect(await planOf(name, columns)).toMatch(/^SEARCH .* USING INDEX/)
      }
    })
  },
)
