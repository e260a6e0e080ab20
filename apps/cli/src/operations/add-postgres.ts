import type { JsonObject } from '@athena-memory/operations'
import type { Command } from 'commander'
import type { GlobalOptions } from '../global-options.ts'
import { untilInterrupted } from '../interruption.ts'
import { addLayers } from './add-layers.ts'

/**
 * Adds `athena postgres <verb>` for what is granted by `--postgres-ops` or `ATHENA_POSTGRES_OPS`, where there
 * is a PostgreSQL. It need hold no memory.
 */
export const addPostgres = async (
  program: Command,
  { db, postgresOps }: Pick<GlobalOptions, 'db' | 'postgresOps'>,
): Promise<void> => {
  const { loadPostgresSchema, readPostgresAccess } = await import('athena-memory')
  const access = readPostgresAccess({ database: db, postgresOps })
  if (access === undefined) return
  // Loaded on demand: who grants nothing needs none of it.
  const { openPostgresOps, postgresOperations } = await import('@athena-memory/postgres-ops')
  const operations = postgresOperations(access.level)
  const call = async (_: GlobalOptions, name: string, input: JsonObject): Promise<JsonObject> => {
    const expected = await loadPostgresSchema()
    const ops = await untilInterrupted(openPostgresOps({ ...access, expected, actor: 'athena' }))
    try {
      const operation = operations.find((each) => each.name === name)
      return await untilInterrupted(operation?.bind(ops).call(input) ?? Promise.resolve({}))
    } finally {
      await ops.close()
    }
  }
  addLayers(program, operations, { call, isFailure: ({ status }) => status === 'failing' })
}
