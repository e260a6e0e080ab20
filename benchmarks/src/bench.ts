import { InvalidArgumentError, Option, program } from 'commander'
import type { GuardOptions } from './guard/run-guard.ts'
import type { GraphOptions } from './graph/run-graph.ts'
import { missingPeers } from './peers/missing-peers.ts'
import { PEER_NAMES } from './peers/peer.ts'
import type { RetrievalOptions } from './retrieval/run-retrieval.ts'
import type { ScanOptions } from './scan/run-scan.ts'
import type { SpeedOptions } from './speed/run-speed.ts'

const wholeNumber = (text: string): number => {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1) return value
  throw new InvalidArgumentError('It must be a whole number from 1.')
}

const wholeNumbers = (text: string): number[] => text.split(',').map(wholeNumber)

const peerNames = (text: string) =>
  text.split(',').map((word) => {
    const name = PEER_NAMES.find((known) => known === word.trim())
    if (name !== undefined) return name
    throw new InvalidArgumentError(`They are among ${PEER_NAMES.join(', ')}, with commas between.`)
  })

/** The program ends with this where a peer is not installed. */
const PEER_MISSING = 2

const DATABASE = '--database <url>'
const OWN_TENANT = 'file:PATH or postgres://..., in which a tenant of its own is filled and erased'

program.name('bench').description('Measures speed and retrieval quality.')

program
  .command('speed')
  .description(
    'Writes and searches made-up memories, on libSQL, and on PostgreSQL where ' +
      'ATHENA_TEST_POSTGRES_URL is set, unless a database is named',
  )
  .option('--n <memories>', 'how many; several with commas between', wholeNumbers, [10_000])
  .option('--dim <dimensions>', 'of their vectors', wholeNumber, 768)
  .option(DATABASE, OWN_TENANT)
  .option('--pglite', 'measure PGlite too, which takes minutes to insert')
  .option('--peers <names>', `other search engines beside: ${PEER_NAMES.join(', ')}`, peerNames)
  .option('--json', 'print one JSON value')
  .action(async (options: SpeedOptions) => {
    const missing = await missingPeers(options.peers ?? [])
    for (const line of missing) console.error(line)
    if (missing.length > 0) process.exitCode = PEER_MISSING
    else await (await import('./speed/run-speed.ts')).runSpeed(options)
  })

program
  .command('retrieval')
  .description('Remembers conversations and asks the questions that belong to them')
  .requiredOption('--data <folder>', 'with memories.jsonl and questions.jsonl')
  .option(DATABASE, `${OWN_TENANT}; a temporary libSQL file unless given`)
  .option('--pglite', 'a temporary PGlite instead')
  .option('--one-project', 'remember all conversations in one project, not each in its own')
  .option('--split', 'report conversations at even and at odd places of the file apart too')
  .addOption(
    new Option(
      '--embeddings [kind]',
      'use the vectors of embeddings.f32 in the folder, and measure text and vectors alone too',
    )
      .choices(['lexical', 'semantic'])
      .preset('semantic'),
  )
  .option('--json', 'print one JSON value')
  .action(async (options: RetrievalOptions) =>
    (await import('./retrieval/run-retrieval.ts')).runRetrieval(options),
  )

program
  .command('graph')
  .description(
    'Walks a made-up knowledge graph and finds its communities, on libSQL, and on PostgreSQL where ' +
      'ATHENA_TEST_POSTGRES_URL is set, unless a database is named',
  )
  .option('--entities <number>', 'how many', wholeNumber, 10_000)
  .option('--relations <number>', 'how many between them', wholeNumber, 50_000)
  .option(DATABASE, OWN_TENANT)
  .option('--pglite', 'measure PGlite too')
  .option('--json', 'print one JSON value')
  .action(async (options: GraphOptions) => (await import('./graph/run-graph.ts')).runGraph(options))

program
  .command('scan')
  .description('Finds the nearest among codes in memory, as vectors are found')
  .option(
    '--n <codes>',
    'how many; several with commas between',
    wholeNumbers,
    [1000, 10_000, 100_000, 1_000_000],
  )
  .option('--dim <dimensions>', 'of their vectors', wholeNumber, 768)
  .option('--json', 'print one JSON value')
  .action(async (options: ScanOptions) => (await import('./scan/run-scan.ts')).runScan(options))

program
  .command('guard')
  .description('Judges statements as postgres-ops does, on PostgreSQL of ATHENA_TEST_POSTGRES_URL')
  .option('--n <number>', 'how many statements', wholeNumber, 2000)
  .option('--json', 'print one JSON value')
  .action(async (options: GuardOptions) => (await import('./guard/run-guard.ts')).runGuard(options))

program
  .command('task', { hidden: true })
  .action(async () => (await import('./speed/answer-task.ts')).answerTask())

await program.parseAsync().catch((error: unknown) => {
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
})
