import type { Catalogue } from './catalogue.ts'
import type { ExpectedSchema } from './expected-schema.ts'
import { causeOf, countPending, findDrift, nameOfDrift } from './find-drift.ts'
import type { Finding } from './finding.ts'

/** What a database lacks of what its migrations make. */
export const checkDrift = async (
  catalogue: Catalogue,
  expected: ExpectedSchema,
): Promise<Finding[]> => {
  const drifts = await findDrift(catalogue, expected)
  return [
    ...drifts.map((drift) => ({
      check: `missing-${drift.kind}`,
      severity: drift.kind === 'index' ? ('warning' as const) : ('failure' as const),
      subject: nameOfDrift(drift),
      evidence: causeOf(drift),
      advice: 'let postgres.heal put it back, or apply the migrations',
    })),
    ...(await pending(catalogue, expected)),
  ]
}

const pending = async (
  catalogue: Catalogue,
  { migrations }: ExpectedSchema,
): Promise<Finding[]> => {
  if (!migrations) return []
  const count = await countPending(catalogue, migrations)
  if (count === 0) return []
  return [
    {
      check: 'pending-migrations',
      severity: 'failure',
      subject: migrations.table,
      evidence: `${count} of ${migrations.applied.length} migrations are not applied`,
      advice: 'apply the migrations',
    },
  ]
}
