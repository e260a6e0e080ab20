import type { JsonObject } from '@athena-memory/operations'
import { type Command, InvalidArgumentError } from 'commander'
import type { GlobalOptions } from '../global-options.ts'
import { untilInterrupted } from '../interruption.ts'
import { addLayers } from './add-layers.ts'

/**
 * Adds `athena postgres <verb>` for what is granted by `--postgres-ops` or `ATHENA_POSTGRES_OPS`, where there
 * is a PostgreSQL: that of `ATHENA_POSTGRES_OPS_URL`, of `--db`, or of the environment. It need hold no memory.
 */
export const addPostgres = async (
  program: Command,
  { db, postgresOps }: Pick<GlobalOptions, 'db' | 'postgresOps'>,
): Promise<void> => {
  const granted = postgresOps ?? process.env['ATHENA_POSTGRES_OPS']?.trim()
  const url =
    process.env['ATHENA_POSTGRES_OPS_URL']?.trim() || db || process.env['ATHENA_DATABASE_URL']
  if (!granted || !url || !/^postgres(?:ql)?:/.test(url)) return
  // Loaded on demand: who grants nothing needs none of it.
  const { LEVELS, openPostgresOps, postgresOperations } =
    await import('@athena-memory/postgres-ops')
  const level = LEVELS.find((known) => known === granted)
  if (level === undefined) {
    throw new InvalidArgumentError(`--postgres-ops must be one of ${LEVELS.join(', ')}`)
  }
  const operations = postgresOperations(level)
  const call = async (_: GlobalOptions, name: string, input: JsonObject): Promise<JsonObject> => {
    const ops = await untilInterrupted(openPostgresOps({ url, level, actor: 'athena' }))
    try {
      const operation = operations.find((each) => each.name === name)
      return await untilInterrupted(operation?.bind(ops).call(input) ?? Promise.resolve({}))
    } finally {
      await ops.close()
    }
  }
  addLayers(program, operations, { call, isFailure: ({ status }) => status === 'failing' })
}
