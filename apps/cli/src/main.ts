#!/usr/bin/env node
import { exitWhenInterrupted } from './interruption.ts'
import { run } from './run.ts'

process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  // Whoever reads our output may stop reading (`athena recall x | head -1`): that is no error.
  if (code === 'EPIPE') process.exit()
  console.error('error: standard output cannot be written to')
  process.exit(1)
})

process.exitCode = await run(process.argv.slice(2))
exitWhenInterrupted(process.exitCode)
