import { openPglite } from '@athena-memory/testing'
import { readCodeFacts } from '../../src/catalog/read-code-facts.ts'
import { readRelationFacts } from '../../src/catalog/read-relation-facts.ts'
import type { CatalogFacts } from '../../src/guard/catalog-facts.ts'
import { readPglite } from '../read-pglite.ts'
import { WORLD_SQL } from '../world-sql.ts'

/** What the guard knows of the world of these tests, from a PostgreSQL in this process. */
export const readPgliteFacts = async (): Promise<CatalogFacts> => {
  const client = await openPglite()
  await client.exec(WORLD_SQL)
  const read = readPglite(client)
  const facts = { ...(await readCodeFacts(read)), ...(await readRelationFacts(read, ['public'])) }
  await client.close()
  return facts
}
