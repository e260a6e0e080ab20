import { InvalidArgumentError, program } from 'commander'

const wholeNumber = (text: string): number => {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1) return value
  throw new InvalidArgumentError('It must be a whole number from 1.')
}

const DATABASE = '--database <url>'
const OWN_TENANT = 'file:PATH or postgres://..., in which a tenant of its own is filled and erased'

program.name('bench').description('Measures speed and retrieval quality.')

program
  .command('speed')
  .description('Writes and searches made-up memories, on every database unless one is named')
  .option('--n <memories>', 'how many', wholeNumber, 10_000)
  .option('--dim <dimensions>', 'of their vectors', wholeNumber, 768)
  .option(DATABASE, OWN_TENANT)
  .option('--json', 'print one JSON value')
  .action(async (options: { n: number; dim: number; database?: string; json?: boolean }) =>
    (await import('./speed/run-speed.ts')).runSpeed(options),
  )

program
  .command('retrieval')
  .description('Remembers conversations and asks the questions that belong to them')
  .requiredOption('--data <folder>', 'with memories.jsonl and questions.jsonl')
  .option(DATABASE, `${OWN_TENANT}; a temporary libSQL file unless given`)
  .option('--json', 'print one JSON value')
  .action(async (options: { data: string; database?: string; json?: boolean }) =>
    (await import('./retrieval/run-retrieval.ts')).runRetrieval(options),
  )

program
  .command('task', { hidden: true })
  .action(async () => (await import('./speed/answer-task.ts')).answerTask())

await program.parseAsync().catch((error: unknown) => {
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
})
