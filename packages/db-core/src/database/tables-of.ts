import type { Dialect } from '../engine.ts'
import { defineTables, type Tables } from '../tables/tables.ts'
import { postgres, sqlite } from '../vocabulary/vocabulary.ts'

const tables = { postgres: defineTables(postgres), sqlite: defineTables(sqlite) }

/** The tables as one dialect knows them. */
export const tablesOf = (dialect: Dialect): Tables => tables[dialect]
