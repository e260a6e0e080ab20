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

/** Measures databases one after the other, and prints a table, or JSON. One that fails is left out. */
export const runSpeed = async ({ database, json, ...size }: SpeedOptions): Promise<void> => {
  const results: SpeedFigures[] = []
  const failures: unknown[] = []
  for (const open of targetsOf(database)) {
    await measureTarget(open, size).then(
      (figures) => results.push(figures),
      (error: unknown) => failures.push(error),
    )
  }
  // What was measured may have taken minutes: it is printed, whatever became of the rest.
  if (results.length > 0) console.log(json ? JSON.stringify({ results }) : speedTable(results))
  if (failures.length > 0) throw failures[0]
}

const targetsOf = (url: string | undefined): OpenTarget[] => {
  if (url !== undefined) return [tenantOf(url)]
  const server = process.env['ATHENA_TEST_POSTGRES_URL']
  return [temporaryLibsql, temporaryPglite, ...(server ? [temporaryPostgres(server)] : [])]
}
