import { type BuildExtraConfigColumns, sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  boolean,
  customType,
  doublePrecision,
  foreignKey,
  index,
  integer,
  type PgColumnBuilderBase,
  pgPolicy,
  pgTable,
  type PgTableExtraConfigValue,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { toStorableDate } from './storable-date.ts'
import { toStorableJson } from './storable-text.ts'
import { toStorableVector } from './storable-vector.ts'
import { fromVectorText } from './vector-forms.ts'

/** The connection's tenant; null, which equals nothing, while none is set. */
const currentTenant = sql`nullif(current_setting('athena.tenant_id', true), '')`

const tenantColumn = () => text('tenant_id').notNull().default(currentTenant)

type Tenanted<Columns> = { tenantId: ReturnType<typeof tenantColumn> } & Columns
type Keyed = { tenantId: AnyPgColumn }

/** A table with its tenant column and the policy that hides other tenants' rows. */
const table = <Name extends string, Columns extends Record<string, PgColumnBuilderBase>>(
  name: Name,
  columns: Columns,
  constraints: (
    table: BuildExtraConfigColumns<Name, Tenanted<Columns>, 'pg'>,
  ) => PgTableExtraConfigValue[],
) =>
  pgTable(name, { tenantId: tenantColumn(), ...columns }, (self) => [
    ...constraints(self),
    pgPolicy(`${name}_tenant`, {
      using: sql`tenant_id = ${currentTenant}`,
      withCheck: sql`tenant_id = ${currentTenant}`,
    }),
  ])

/** The connection gives a vector the form in which it sends it. */
const vector = customType<{ data: Float32Array; driverData: Float32Array | string }>({
  dataType: () => 'vector',
  toDriver: toStorableVector,
  fromDriver: (value) => fromVectorText(String(value)),
})

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  toDriver: (value) => value,
  fromDriver: (value) => Uint8Array.from(value),
})

const timestamp = customType<{ data: Date; driverData: string }>({
  dataType: () => 'timestamp (3) with time zone',
  toDriver: (value) => toStorableDate(value).toISOString(),
  // `2026-01-02 03:04:05.678+00`: without the T, JavaScript takes the year 99 for 1999.
  fromDriver: (value) => new Date(value.replace(' ', 'T').replace(/\+00$/, 'Z')),
})

const json = <T>(name: string) =>
  customType<{ data: T; driverData: string }>({
    dataType: () => 'jsonb',
    toDriver: toStorableJson,
    fromDriver: (value) => JSON.parse(value),
  })(name)

/** Every word a table definition may use, as PostgreSQL understands it. */
export const postgres = {
  table,
  text: (name: string) => text(name),
  integer: (name: string) => integer(name),
  real: (name: string) => doublePrecision(name),
  boolean: (name: string) => boolean(name),
  /** An instant in UTC with milliseconds. */
  timestamp: (name: string) => timestamp(name),
  json: <T>(name: string) => json<T>(name),
  bytes: (name: string) => bytes(name),
  /** 32-bit floats of any length; the rows of one table may differ in length. */
  vector: (name: string) => vector(name),
  /** A row number that the database gives; joins with search structures are made on it. */
  rowNumber: (name: string) =>
    bigint(name, { mode: 'number' }).notNull().generatedByDefaultAsIdentity(),
  /** The primary key: the tenant and these columns. */
  primaryKey: (self: Keyed, columns: AnyPgColumn[]) =>
    primaryKey({ columns: [self.tenantId, ...columns] }),
  /** The primary key of a table with a row number. */
  rowKey: (self: Keyed, column: AnyPgColumn) => primaryKey({ columns: [self.tenantId, column] }),
  /** Like `uniqueIndex`, for columns that foreign keys of other tables point at. */
  uniqueKey: (name: string, self: Keyed, columns: AnyPgColumn[]) =>
    unique(name).on(self.tenantId, ...columns),
  /** Rows of one tenant differ in these columns. */
  uniqueIndex: (name: string, self: Keyed, columns: AnyPgColumn[]) =>
    uniqueIndex(name).on(self.tenantId, ...columns),
  index: (name: string, self: Keyed, columns: AnyPgColumn[]) =>
    index(name).on(self.tenantId, ...columns),
  /** `column` names the `id` of a row of `parent`, of the same tenant, and goes when that row goes. */
  foreignKey: (self: Keyed, column: AnyPgColumn, parent: Keyed & { id: AnyPgColumn }) =>
    foreignKey({
      columns: [self.tenantId, column],
      foreignColumns: [parent.tenantId, parent.id],
    }).onDelete('cascade'),
}
