import type { Operation } from '@athena-memory/operations'
import { healingOperations } from '../healing/healing-operations.ts'
import { healthOperations } from '../health/health-operations.ts'
import type { PostgresOps } from '../open-postgres-ops.ts'
import { LEVELS, type Level } from '../ops-settings.ts'
import { describeTable, listSchemas, listTables, topQueries } from './describe-operations.ts'
import { execute, explain, judge, query, schemaAlter } from './statement-operations.ts'

const OPERATIONS: Readonly<Record<Level, readonly Operation<PostgresOps>[]>> = {
  query: [
    query,
    explain,
    judge,
    listSchemas,
    listTables,
    describeTable,
    topQueries,
    ...healthOperations,
  ],
  execute: [execute],
  alter: [schemaAlter, ...healingOperations],
}

/** The operations that a level grants: its own and those of the levels before it. */
export const postgresOperations = (level: Level): Operation<PostgresOps>[] =>
  LEVELS.slice(0, LEVELS.indexOf(level) + 1).flatMap((granted) => OPERATIONS[granted])
