import {
  type DatabaseConfig,
  loadConfig,
  type OpenDatabase,
  openDatabase,
  type OpenOptions,
  parseDatabaseUrl,
} from '@athena-memory/db-core'
import {
  createEmbedder,
  type Embedder,
  type EmbedderConfig,
  loadEmbedderConfig,
} from '@athena-memory/models'
import type { Level } from '@athena-memory/postgres-ops'

type Environment = Readonly<Record<string, string | undefined>>

/** What to open. Everything that is left out comes from the environment. */
export interface AthenaOptions extends OpenOptions {
  /** An address, `file:PATH` or `postgres://...`, a configuration, or a database that is open. */
  readonly database?: string | DatabaseConfig | OpenDatabase | undefined
  /** An embedder of your own, or which of the built-in ones. */
  readonly embedder?: Embedder | EmbedderConfig | undefined
  /**
   * Name of the project that is meant where none is named. Left out: `ATHENA_PROJECT`, else the
   * project whose directory holds `cwd`, else one called `default`.
   */
  readonly project?: string | undefined
  /**
   * Whether operations may read files and repositories of this machine that their caller names, such as
   * `episodic.ingest-git`; default true. False leaves them out: for servers whose callers are elsewhere.
   */
  readonly localFiles?: boolean | undefined
  /**
   * What agents may do with a PostgreSQL through operations (`postgres.query` ...): nothing, unless this or
   * `ATHENA_POSTGRES_OPS` grants `query`, `execute` or `alter`.
   */
  readonly postgresOps?: Level | undefined
  /** The directory to find the project by; the process's own unless given. */
  readonly cwd?: string | undefined
  readonly env?: Environment | undefined
}

/** Opens the database that the options mean. */
export const databaseOf = async (options: AthenaOptions): Promise<OpenDatabase> => {
  const { database, env = process.env } = options
  if (database === undefined) return openDatabase(loadConfig(env), options)
  if (typeof database === 'string') {
    return openDatabase(parseDatabaseUrl(database, env, 'database'), options)
  }
  return 'transaction' in database ? database : openDatabase(database, options)
}

/** The embedder that the options mean; undefined where there are to be no vectors. */
export const embedderOf = ({
  embedder,
  env = process.env,
}: AthenaOptions): Embedder | undefined => {
  if (embedder === undefined) return createEmbedder(loadEmbedderConfig(env))
  return 'embed' in embedder ? embedder : createEmbedder(embedder)
}
