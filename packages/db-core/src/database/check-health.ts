import type { Engine } from '../engine.ts'
import { migrationState } from '../migrations/migrate.ts'
import { StorageError } from '../storage-error.ts'
import type { DatabaseHealth } from './opened.ts'

/** What one dialect adds to the health of a database. */
export type InspectDialect = () => Promise<Pick<DatabaseHealth, 'pgvectorVersion' | 'warnings'>>

/** Looks at a database through its engine. Never rejects. */
export const checkHealth = async (
  engine: Engine,
  inspect: InspectDialect,
): Promise<DatabaseHealth> => {
  const { dialect } = engine
  try {
    const startedAt = performance.now()
    await engine.execute('select 1', [])
    const latencyMs = performance.now() - startedAt
    const migrations = await migrationState(dialect, engine)
    const { warnings, ...found } = await inspect()
    const all = [...warnings, ...pendingWarning(migrations.pending)]
    return {
      status: all.length === 0 ? 'ok' : 'degraded',
      dialect,
      latencyMs,
      version: await engine.version(),
      ...found,
      migrations,
      pool: engine.poolStats(),
      warnings: all,
    }
  } catch (error) {
    const reason = StorageError.is(error) ? error.message : 'The database does not answer.'
    return { status: 'unavailable', dialect, pool: engine.poolStats(), warnings: [reason] }
  }
}

const pendingWarning = (pending: number): string[] =>
  pending > 0 ? [`${pending} migrations are pending; run: athena migrate`] : []
