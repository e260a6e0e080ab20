import type { BuildColumns } from 'drizzle-orm'
import {
  type AnySQLiteColumn,
  customType,
  foreignKey,
  index,
  integer,
  primaryKey,
  real,
  type SQLiteColumnBuilderBase,
  sqliteTable,
  type SQLiteTableExtraConfigValue,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import type { postgres } from './postgres.ts'
import { toStorableDate } from './storable-date.ts'
import { toStorableJson } from './storable-text.ts'
import { toStorableVector } from './storable-vector.ts'

/** One file holds one tenant, so its name is a constant there. */
const tenantColumn = () => text('tenant_id').notNull().default('default')

type Tenanted<Columns> = { tenantId: ReturnType<typeof tenantColumn> } & Columns
type Keyed = { tenantId: AnySQLiteColumn }
type KeyColumns = [AnySQLiteColumn, ...AnySQLiteColumn[]]

const table = <Name extends string, Columns extends Record<string, SQLiteColumnBuilderBase>>(
  name: Name,
  columns: Columns,
  constraints: (
    table: BuildColumns<Name, Tenanted<Columns>, 'sqlite'>,
  ) => (SQLiteTableExtraConfigValue | undefined)[],
) =>
  sqliteTable(name, { tenantId: tenantColumn(), ...columns }, (self) =>
    constraints(self).filter((constraint) => constraint !== undefined),
  )

/** Copies: the driver's buffer may be larger than the value and need not be aligned. */
const toBytes = (value: Uint8Array | ArrayBuffer): Uint8Array =>
  Uint8Array.from(new Uint8Array(value))

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array | ArrayBuffer }>({
  dataType: () => 'blob',
  toDriver: (value) => value,
  fromDriver: toBytes,
})

const vector = customType<{ data: Float32Array; driverData: Uint8Array | ArrayBuffer }>({
  dataType: () => 'blob',
  toDriver: (value) => {
    const { buffer, byteOffset, byteLength } = toStorableVector(value)
    return new Uint8Array(buffer, byteOffset, byteLength)
  },
  fromDriver: (value) => new Float32Array(toBytes(value).buffer),
})

const timestamp = customType<{ data: Date; driverData: number }>({
  dataType: () => 'integer',
  toDriver: (value) => toStorableDate(value).getTime(),
  fromDriver: (value) => new Date(value),
})

const json = <T>(name: string) =>
  customType<{ data: T; driverData: string }>({
    dataType: () => 'text',
    toDriver: toStorableJson,
    fromDriver: (value) => JSON.parse(value),
  })(name)

/** The same words as SQLite understands them; a missing word does not compile. */
export const sqlite = {
  table,
  text: (name: string) => text(name),
  integer: (name: string) => integer(name),
  real: (name: string) => real(name),
  boolean: (name: string) => integer(name, { mode: 'boolean' }),
  timestamp: (name: string) => timestamp(name),
  json: <T>(name: string) => json<T>(name),
  bytes: (name: string) => bytes(name),
  vector: (name: string) => vector(name),
  // A declared integer primary key: VACUUM may renumber the implicit rowid.
  rowNumber: (name: string) => integer(name).primaryKey({ autoIncrement: true }),
  // A constant that led an index would keep every search by the other columns from using it.
  primaryKey: (self: Keyed, [first, ...more]: KeyColumns) =>
    primaryKey({ columns: [first, ...more, self.tenantId] }),
  // The row number is the primary key already.
  rowKey: () => undefined,
  uniqueKey: (name: string, self: Keyed, columns: KeyColumns) =>
    unique(name).on(...columns, self.tenantId),
  uniqueIndex: (name: string, self: Keyed, columns: KeyColumns) =>
    uniqueIndex(name).on(...columns, self.tenantId),
  index: (name: string, _self: Keyed, columns: KeyColumns) => index(name).on(...columns),
  foreignKey: (self: Keyed, column: AnySQLiteColumn, parent: Keyed & { id: AnySQLiteColumn }) =>
    foreignKey({
      columns: [self.tenantId, column],
      foreignColumns: [parent.tenantId, parent.id],
    }).onDelete('cascade'),
} satisfies Record<keyof typeof postgres, unknown>
