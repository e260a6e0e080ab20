import { connectPostgres } from '@athena-memory/testing'
import type { BenchConfig } from './bench-config.ts'

/** Has a PostgreSQL server look at what was written, as it does by itself within a minute. */
export const settle = async (config: BenchConfig): Promise<void> => {
  if (config.type !== 'postgres') return
  const owner = await connectPostgres(config.url)
  await owner.query('analyze')
  await owner.end()
}
