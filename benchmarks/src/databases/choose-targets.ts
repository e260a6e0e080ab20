import {
  type OpenTarget,
  temporaryLibsql,
  temporaryPglite,
  temporaryPostgres,
  tenantOf,
} from './targets.ts'

/** Which databases are to be measured. */
export interface TargetChoice {
  /** Only this one; otherwise temporary ones. */
  readonly database?: string | undefined
  /** Whether PGlite is among the temporary ones. */
  readonly pglite?: boolean | undefined
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
}

/** The named database, or libSQL, PGlite where it is asked for, and PostgreSQL where a server is known. */
export const chooseTargets = ({
  database,
  pglite = false,
  env = process.env,
}: TargetChoice): OpenTarget[] => {
  if (database !== undefined) return [tenantOf(database)]
  const server = env['ATHENA_TEST_POSTGRES_URL']
  return [
    temporaryLibsql,
    ...(pglite ? [temporaryPglite] : []),
    ...(server ? [temporaryPostgres(server)] : []),
  ]
}
