import type { Athena } from 'athena-memory'
import type { Command } from 'commander'
import { answer } from '../answer.ts'
import { interruption } from '../interruption.ts'
import { withProgress } from '../terminal/progress.ts'
import { withAthena } from '../with-athena.ts'

/** Adds `athena restore FILE`: brings back what a backup holds. */
export const addRestore = (program: Command): Command => {
  const command = program.command('restore').summary('bring back what a backup holds')
  command.description(
    'Reads a backup into the database, all of it or nothing. A database that holds anything is refused unless --replace is given.',
  )
  command.argument('<file>', 'a file that athena backup wrote')
  command.option('--replace', 'erase what the database holds first')
  answer(command, async (globals) => {
    const [path = ''] = command.args
    const { replace = false } = command.opts<{ replace?: boolean }>()
    const { restore } = await import('@athena-memory/transfer')
    const move = ({ database }: Athena) =>
      withProgress((onProgress) =>
        restore(database, path, {
          replace,
          signal: interruption,
          onProgress: ({ table, done, total }) => onProgress({ done, total, unit: table }),
        }),
      )
    const value = await withAthena(globals, move, { stopsItself: true })
    const { renderValue } = await import('../terminal/render-value.ts')
    return { value, text: (terminal) => renderValue(terminal, { ...value }) }
  })
  return command
}
