import { ConfigError } from '@athena-memory/db-core'
import type { BoundOperation, Operation, OperationDescription } from '@athena-memory/operations'
import type { ExpectedSchema, Level, PostgresOps } from '@athena-memory/postgres-ops'
import type { AthenaOptions } from './athena-options.ts'

/** Which PostgreSQL agents may look into and mend, and what they may do there. */
export interface PostgresAccess {
  readonly url: string
  readonly level: Level
}

type AccessOptions = Pick<AthenaOptions, 'postgresOps' | 'database' | 'env'>

/**
 * What is granted by the options, else by `ATHENA_POSTGRES_OPS`: for `ATHENA_POSTGRES_OPS_URL`, else for the
 * database of the memory. Absent where nothing is granted, and where that is no PostgreSQL.
 *
 * @throws ConfigError for a level that there is not
 */
export const readPostgresAccess = (options: AccessOptions): PostgresAccess | undefined => {
  const { env = process.env } = options
  const level = readLevel(options.postgresOps ?? env['ATHENA_POSTGRES_OPS']?.trim())
  if (level === undefined) return undefined
  const url = [
    env['ATHENA_POSTGRES_OPS_URL']?.trim(),
    urlOf(options.database),
    env['ATHENA_DATABASE_URL']?.trim(),
  ].find(Boolean)
  return url !== undefined && /^postgres(?:ql)?:/.test(url) ? { level, url } : undefined
}

const LEVELS = ['query', 'execute', 'alter'] as const satisfies readonly Level[]

const readLevel = (text: string | undefined): Level | undefined => {
  if (text === undefined || text === '') return undefined
  const level = LEVELS.find((known) => known === text)
  if (level !== undefined) return level
  throw new ConfigError('ATHENA_POSTGRES_OPS', `must be one of ${LEVELS.join(', ')}`)
}

const urlOf = (database: AthenaOptions['database']): string | undefined => {
  if (typeof database === 'string') return database
  return database !== undefined && 'url' in database ? database.url : undefined
}

/** What the options allow to do with a PostgreSQL, without opening one; nothing where nothing is granted. */
export const describePostgresOperations = async (
  options: AccessOptions = {},
): Promise<readonly OperationDescription[]> => {
  const access = readPostgresAccess(options)
  if (access === undefined) return []
  const { postgresOperations } = await loadPackage()
  return postgresOperations(access.level)
}

/** Loaded on demand: who grants nothing needs none of it. */
const loadPackage = () => import('@athena-memory/postgres-ops')

/** What is expected of a PostgreSQL that holds a memory, for `openPostgresOps`. */
export const loadPostgresSchema = async (): Promise<ExpectedSchema> =>
  (await import('./postgres-schema.ts')).postgresSchema()

/** Operations over a PostgreSQL that is opened when the first of them is called. */
export interface BoundPostgres {
  readonly operations: readonly BoundOperation[]
  close(): Promise<void>
}

/** Binds what the options allow; row level security there sees `tenantId`. */
export const bindPostgres = async (
  options: AccessOptions,
  tenantId: string,
): Promise<BoundPostgres> => {
  const access = readPostgresAccess(options)
  if (access === undefined) return { operations: [], close: async () => undefined }
  const { openPostgresOps, postgresOperations } = await loadPackage()
  const expected = await loadPostgresSchema()
  const tenant = { setting: 'athena.tenant_id', id: tenantId }
  let opening: Promise<PostgresOps> | undefined
  const open = () => {
    opening ??= openPostgresOps({ ...access, tenant, expected }).catch((error: unknown) => {
      // The next call tries again.
      opening = undefined
      throw error
    })
    return opening
  }
  const bind = ({ bind: bindTo, ...description }: Operation<PostgresOps>): BoundOperation => ({
    ...description,
    call: async (input) => bindTo(await open()).call(input),
  })
  return {
    operations: postgresOperations(access.level).map(bind),
    close: async () => (await opening?.catch(() => undefined))?.close(),
  }
}
