import { describe, expectTypeOf, it } from 'vitest'
import { postgres } from '../src/vocabulary/postgres.ts'
import { sqlite } from '../src/vocabulary/sqlite.ts'

interface Settings {
  readonly depth: number
}

/** A table with every word for a column, once free to be empty and once not. */
const inPostgres = postgres.table(
  'words',
  {
    rowNumber: postgres.rowNumber('row_number'),
    id: postgres.text('id').notNull(),
    text: postgres.text('text'),
    integer: postgres.integer('integer'),
    integerNotNull: postgres.integer('integer_not_null').notNull(),
    real: postgres.real('real'),
    realNotNull: postgres.real('real_not_null').notNull(),
    boolean: postgres.boolean('boolean'),
    booleanNotNull: postgres.boolean('boolean_not_null').notNull(),
    timestamp: postgres.timestamp('timestamp'),
    timestampNotNull: postgres.timestamp('timestamp_not_null').notNull(),
    json: postgres.json<Settings>('json'),
    jsonNotNull: postgres.json<Settings>('json_not_null').notNull(),
    bytes: postgres.bytes('bytes'),
    bytesNotNull: postgres.bytes('bytes_not_null').notNull(),
    vector: postgres.vector('vector'),
    vectorNotNull: postgres.vector('vector_not_null').notNull(),
    parent: postgres.text('parent'),
  },
  (t) => [
    postgres.rowKey(t, t.rowNumber),
    postgres.primaryKey(t, [t.id]),
    postgres.uniqueKey('words_id_key', t, [t.id]),
    postgres.uniqueIndex('words_text_idx', t, [t.text]),
    postgres.index('words_integer_idx', t, [t.integer]),
    postgres.foreignKey(t, t.parent, t),
  ],
)

const inSqlite = sqlite.table(
  'words',
  {
    rowNumber: sqlite.rowNumber('row_number'),
    id: sqlite.text('id').notNull(),
    text: sqlite.text('text'),
    integer: sqlite.integer('integer'),
    integerNotNull: sqlite.integer('integer_not_null').notNull(),
    real: sqlite.real('real'),
    realNotNull: sqlite.real('real_not_null').notNull(),
    boolean: sqlite.boolean('boolean'),
    booleanNotNull: sqlite.boolean('boolean_not_null').notNull(),
    timestamp: sqlite.timestamp('timestamp'),
    timestampNotNull: sqlite.timestamp('timestamp_not_null').notNull(),
    json: sqlite.json<Settings>('json'),
    jsonNotNull: sqlite.json<Settings>('json_not_null').notNull(),
    bytes: sqlite.bytes('bytes'),
    bytesNotNull: sqlite.bytes('bytes_not_null').notNull(),
    vector: sqlite.vector('vector'),
    vectorNotNull: sqlite.vector('vector_not_null').notNull(),
    parent: sqlite.text('parent'),
  },
  (t) => [
    sqlite.rowKey(),
    sqlite.primaryKey(t, [t.id]),
    sqlite.uniqueKey('words_id_key', t, [t.id]),
    sqlite.uniqueIndex('words_text_idx', t, [t.text]),
    sqlite.index('words_integer_idx', t, [t.integer]),
    sqlite.foreignKey(t, t.parent, t),
  ],
)

type Columns = Exclude<keyof typeof inPostgres.$inferSelect, 'tenantId' | 'id'>

/** The words that make columns; the others make constraints, or the table. */
type ColumnWord = Exclude<
  keyof typeof postgres,
  'table' | 'primaryKey' | 'rowKey' | 'uniqueKey' | 'uniqueIndex' | 'index' | 'foreignKey'
>

describe('the vocabulary', () => {
  it('has the same words in both dialects', () => {
    expectTypeOf<keyof typeof sqlite>().toEqualTypeOf<keyof typeof postgres>()
  })

  it('gives rows of the same type', () => {
    expectTypeOf(inSqlite.$inferSelect).toEqualTypeOf(inPostgres.$inferSelect)
  })

  it('takes rows of the same type', () => {
    expectTypeOf(inSqlite.$inferInsert).toEqualTypeOf(inPostgres.$inferInsert)
  })

  it('is here with every word', () => {
    expectTypeOf<Exclude<ColumnWord, Columns>>().toEqualTypeOf<never>()
  })

  it('fills the tenant and the row number by itself', () => {
    type Obligatory = {
      [
        Name in Columns | 'tenantId' | 'id'
      ]: undefined extends (typeof inPostgres.$inferInsert)[Name] ? never : Name
    }[Columns | 'tenantId' | 'id']
    expectTypeOf<Obligatory>().toEqualTypeOf<'id' | Extract<Columns, `${string}NotNull`>>()
  })
})
