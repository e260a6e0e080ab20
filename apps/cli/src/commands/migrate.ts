import type { Command } from 'commander'
import { answer } from '../answer.ts'
import { withAthena } from '../with-athena.ts'

/** Adds `athena migrate`: brings the tables up to date. */
export const addMigrate = (program: Command): Command => {
  const command = program.command('migrate').summary('bring the tables up to date')
  command.description(
    'Applies pending migrations. Every other command does so by itself, too; use this where a deployment step should.',
  )
  answer(command, async (globals) => {
    const applied = await withAthena(globals, ({ database }) => database.migrate(), {
      migrate: false,
    })
    return { value: { applied }, text: () => toSentence(applied) }
  })
  return command
}

const toSentence = (applied: number): string => {
  if (applied === 0) return 'The tables are up to date.'
  return `Applied ${applied} ${applied === 1 ? 'migration' : 'migrations'}.`
}
