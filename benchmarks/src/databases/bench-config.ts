import { parseDatabaseUrl } from '@athena-memory/db-core'
import { z } from 'zod'

const sqlite = z.object({ type: z.literal('sqlite'), path: z.string(), tenantId: z.string() })

const pglite = sqlite.extend({ type: z.literal('pglite') })

const postgres = z.object({
  type: z.literal('postgres'),
  url: z.string(),
  ownerUrl: z.string().optional(),
  role: z.string().optional(),
  tenantId: z.string(),
  minSize: z.number(),
  maxSize: z.number(),
  statementTimeoutMs: z.number(),
  lockTimeoutMs: z.number(),
})

const addressedConfig = z.discriminatedUnion('type', [sqlite, postgres])

/** Which database to measure, in a form that can be handed to another process. */
export const benchConfig = z.discriminatedUnion('type', [sqlite, pglite, postgres])

/** A libSQL file, a folder of PGlite, or a PostgreSQL database; never one in the place of another. */
export type BenchConfig = z.output<typeof benchConfig>

/** A database that `openAthena` can open. */
export type AddressedConfig = Exclude<BenchConfig, { type: 'pglite' }>

/**
 * Reads an address as one tenant of that database, whatever tenant the environment names.
 *
 * @throws ConfigError for what is no address
 */
export const parseBenchUrl = (
  url: string,
  tenantId: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): AddressedConfig =>
  addressedConfig.parse({ ...parseDatabaseUrl(url, env, '--database'), tenantId })

/** What figures are labelled with. */
export const databaseName = (type: BenchConfig['type']): 'libsql' | 'pglite' | 'postgres' =>
  type === 'sqlite' ? 'libsql' : type
