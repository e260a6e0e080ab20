import { Command, Option } from 'commander'
import { type Address, parseAddress } from './http/address.ts'
import { type LogLevel, logLevels } from './log.ts'
import { SettingError } from './setting-error.ts'
import { type Profile, profiles } from './tools/profiles.ts'

/** How the server was started. */
export interface Settings {
  /** Address of the database; from the environment when absent. */
  readonly db?: string
  /** Name of the project; from the environment or the working directory when absent. */
  readonly project?: string
  readonly profile: Profile
  /** What agents may do with a PostgreSQL; from the environment when absent. */
  readonly postgresOps?: 'query' | 'execute' | 'alter'
  /** Where to serve over HTTP; over standard input and output when absent. */
  readonly http?: Address
  /** File of the bearer tokens. */
  readonly tokens?: string
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the command line.
 * @throws CommanderError after it told the user what is wrong, or printed the help or the version
 * @throws SettingError
 */
export const readSettings = (args: readonly string[]): Settings => {
  const { http, ...settings } = createCommand()
    .parse([...args], { from: 'user' })
    .opts<Omit<Settings, 'http'> & { readonly http?: string }>()
  if (http === undefined && settings.tokens !== undefined) {
    throw new SettingError('--tokens', 'is for HTTP; expected --http beside it')
  }
  return { ...settings, ...(http !== undefined && { http: parseAddress(http) }) }
}

/**
 * How much to log, from `ATHENA_LOG_LEVEL`; `info` when that is not set.
 * @throws SettingError
 */
export const readLogLevel = (env: Environment): LogLevel => {
  const text = env['ATHENA_LOG_LEVEL']?.trim().toLowerCase() || 'info'
  const level = logLevels.find((one) => one === text)
  if (level) return level
  throw new SettingError('ATHENA_LOG_LEVEL', `expected one of ${logLevels.join(', ')}`)
}

const createCommand = (): Command =>
  new Command('athena-mcp')
    .description('Long-term memory for AI agents, as an MCP server over stdio or HTTP.')
    .version(process.env.ATHENA_VERSION ?? '0.0.0', '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .option('--db <address>', 'the database: file:PATH or postgres://...')
    .option('--project <name>', 'the project; by default that of the working directory')
    .addOption(
      new Option('--profile <name>', 'the tools: a few, or one for every operation')
        .choices(profiles)
        .default('default'),
    )
    .addOption(
      new Option(
        '--postgres-ops <level>',
        'let agents look into a PostgreSQL, write, or alter it',
      ).choices(['query', 'execute', 'alter']),
    )
    .option('--http <[host:]port>', 'serve over HTTP, on 127.0.0.1 without a host')
    .option('--tokens <file>', 'bearer tokens; by default from ATHENA_MCP_TOKENS')
    .allowExcessArguments(false)
    .showHelpAfterError('hint: athena-mcp --help')
    .exitOverride()
