import {
  type OpenTarget,
  temporaryLibsql,
  temporaryPglite,
  temporaryPostgres,
  tenantOf,
} from '../databases/targets.ts'
import { measureTarget, type Size } from './measure-target.ts'
import { speedTable } from './speed-table.ts'
import type { SpeedFigures } from './figures.ts'

/** What to measure, and how to print it. */
export interface SpeedOptions extends Size {
  /** Only this database; otherwise temporary ones of every kind. */
  readonly database?: string | undefined
  readonly json?: boolean | undefined
}

/** Measures databases one after the other, and prints a table, or JSON. */
export const runSpeed = async ({ database, json, ...size }: SpeedOptions): Promise<void> => {
  const results: SpeedFigures[] = []
  for (const open of targetsOf(database)) results.push(await measureTarget(open, size))
  console.log(json ? JSON.stringify({ results }) : speedTable(results))
}

const targetsOf = (url: string | undefined): OpenTarget[] => {
  if (url !== undefined) return [tenantOf(url)]
  const server = process.env['ATHENA_TEST_POSTGRES_URL']
  return [temporaryLibsql, temporaryPglite, ...(server ? [temporaryPostgres(server)] : [])]
}
