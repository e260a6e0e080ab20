import { defineOperation, type Operation } from '@athena-memory/operations'
import { z } from 'zod'
import type { Catalogue } from './catalogue.ts'
import { checkHealth, healthReport, type HealthOptions } from './check-health.ts'

/** What the operations of health need. */
export interface HealthContext {
  /** Lends one connection for as long as `work` takes. */
  withCatalogue<Result>(work: (catalogue: Catalogue) => Promise<Result>): Promise<Result>
  /** What is known of the database, asked anew for each check. */
  readonly healthOptions: () => HealthOptions
}

const healthCheck = defineOperation({
  name: 'postgres.health-check',
  title: 'Check the health of the database',
  description:
    'Looks for what goes wrong with PostgreSQL: connections, long transactions, indexes, sequences, bloat, vacuum, replication, row security, rights of roles, drift from the migrations. Each finding says what to do. Use it before guessing why a database is slow or unsafe; for one slow query, use postgres.suggest-indexes. Changes nothing.',
  input: z.object({
    roles: z
      .array(z.string().min(1).max(63))
      .max(20)
      .optional()
      .describe('roles whose rights to check, beside the connected one'),
  }),
  output: healthReport,
  effect: 'read',
  examples: [{ title: 'May the application do too much?', input: { roles: ['athena_app'] } }],
  run: async (context: HealthContext, { roles = [] }) => {
    const options = context.healthOptions()
    return context.withCatalogue((catalogue) =>
      checkHealth(catalogue, { ...options, roles: [...(options.roles ?? []), ...roles] }),
    )
  },
})

/** Every operation that looks at the health of a database. */
export const healthOperations: readonly Operation<HealthContext>[] = [healthCheck]
