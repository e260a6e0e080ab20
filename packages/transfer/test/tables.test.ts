import { getTableName } from 'drizzle-orm'
import { getTableConfig } from 'drizzle-orm/pg-core'
import { describeEachBackend, describeEachPostgres } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { portableTables } from '../src/rows/portable-table.ts'
import { openEmpty } from './places.ts'

const shapesOf = (tables: ReturnType<typeof portableTables>) =>
  tables.map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name) }))

describeEachBackend('the tables that move', (database) => {
  it('are all tables', () => {
    const names = portableTables(database()).map(({ name }) => name)
    expect(names).toEqual(Object.values(database().tables).map((table) => getTableName(table)))
  })

  it('leave behind whose rows they are and how the database numbers them', () => {
    const names = portableTables(database()).flatMap(({ columns }) =>
      columns.map(({ name }) => name),
    )
    expect(names).not.toContain('tenant_id')
    expect(names).not.toContain('row_number')
    expect(names).toContain('id')
  })

  it('are the same as on libSQL', async () => {
    const other = await openEmpty()
    expect(shapesOf(portableTables(database()))).toEqual(shapesOf(portableTables(other)))
  })
})

describeEachPostgres('references between rows', (database) => {
  it('to rows of the same table are known, and all others point at an earlier table', () => {
    const seen: string[] = []
    for (const { name, table, selfReferences } of portableTables(database())) {
      const found = getTableConfig(table).foreignKeys.map((key) => key.reference())
      const own = found.filter(({ foreignTable }) => getTableName(foreignTable) === name)
      expect(selfReferences.map((column) => column.name)).toEqual(
        own.flatMap(({ columns }) => columns.slice(1).map((column) => column.name)),
      )
      seen.push(name)
      expect(seen).toEqual(
        expect.arrayContaining(found.map(({ foreignTable }) => getTableName(foreignTable))),
      )
    }
  })
})
