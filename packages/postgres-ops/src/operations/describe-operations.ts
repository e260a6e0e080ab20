import { defineOperation } from '@athena-memory/operations'
import { z } from 'zod'
import { tableDescription } from '../describe/describe-table.ts'
import { schemaSummary } from '../describe/list-schemas.ts'
import { tableSummary } from '../describe/list-tables.ts'
import { topQuery } from '../describe/top-queries.ts'
import type { PostgresOps } from '../open-postgres-ops.ts'
import { UNTRUSTED } from '../run/query.ts'
import { name, untrusted } from './result-schemas.ts'

const DEFAULT_SCHEMA = 'default: the first permitted one'

export const listSchemas = defineOperation({
  name: 'postgres.list-schemas',
  title: 'List schemas',
  description:
    'The schemas that users made, by name, and which of them statements may use. Use it first on a database ' +
    'you do not know. Not for tables, which list-tables gives.',
  input: z.object({}),
  output: z.object({ schemas: z.array(schemaSummary), untrusted }),
  effect: 'read',
  run: async (ops: PostgresOps) => ({
    schemas: await ops.listSchemas(),
    untrusted: UNTRUSTED,
  }),
})

export const listTables = defineOperation({
  name: 'postgres.list-tables',
  title: 'List tables',
  description:
    'The tables and views of a schema, by name, with estimates of rows and sizes. Use it to find a table. ' +
    'Not for columns, which describe-table gives.',
  input: z.object({
    schema: name.optional().describe(DEFAULT_SCHEMA),
    after: name.optional().describe('go on after this name'),
    limit: z.number().int().min(1).max(1000).default(200),
  }),
  output: z.object({
    tables: z.array(tableSummary),
    nextAfter: z.string().optional().describe('absent at the end'),
    untrusted,
  }),
  effect: 'read',
  examples: [{ title: 'All tables of a schema', input: { schema: 'public' } }],
  run: async (ops: PostgresOps, { schema, after, limit }) => {
    const given = { ...(schema ? { schema } : {}), ...(after ? { after } : {}) }
    const found = await ops.listTables({ ...given, limit: limit + 1 })
    const tables = found.slice(0, limit)
    const last = found.length > limit ? tables.at(-1) : undefined
    return { tables, untrusted: UNTRUSTED, ...(last ? { nextAfter: last.name } : {}) }
  },
})

export const describeTable = defineOperation({
  name: 'postgres.describe-table',
  title: 'Describe a table',
  description:
    'Columns, keys, constraints, indexes, comments, policies, estimated rows and size of a table. Use it ' +
    'before writing a query. Not for the rows themselves.',
  input: z.object({ table: name, schema: name.optional().describe(DEFAULT_SCHEMA) }),
  output: z.object({
    table: tableDescription.optional().describe('absent when there is none of that name'),
    untrusted,
  }),
  effect: 'read',
  examples: [{ title: 'Describe memories', input: { table: 'memories' } }],
  run: async (ops: PostgresOps, { table, schema }) => {
    const found = await ops.describeTable(table, schema ? { schema } : {})
    return { untrusted: UNTRUSTED, ...(found ? { table: found } : {}) }
  },
})

export const topQueries = defineOperation({
  name: 'postgres.top-queries',
  title: 'Find the slowest queries',
  description:
    'The statements that took most time altogether, where pg_stat_statements is installed. Use it when the ' +
    'database is slow and nobody knows why. Not for one known query, which explain is for.',
  input: z.object({ limit: z.number().int().min(1).max(100).default(20) }),
  output: z.object({
    isAvailable: z.boolean().describe('whether pg_stat_statements is installed'),
    queries: z.array(topQuery),
    untrusted,
  }),
  effect: 'read',
  run: async (ops: PostgresOps, options) => {
    const queries = await ops.topQueries(options)
    return { isAvailable: queries !== undefined, queries: queries ?? [], untrusted: UNTRUSTED }
  },
})
