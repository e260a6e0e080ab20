import type { Athena } from 'athena-memory'
import type { Command } from 'commander'
import { answer } from '../answer.ts'
import { interruption } from '../interruption.ts'
import { withProgress } from '../terminal/progress.ts'
import { withAthena } from '../with-athena.ts'

/** Adds `athena backup FILE`: everything of this tenant in one file. */
export const addBackup = (program: Command): Command => {
  const command = program.command('backup').summary('copy the whole memory into a file')
  command.description(
    'Writes everything that is remembered into a new file, as it is at one moment, while others may go on writing, and verifies the file. It can be restored into either kind of database.',
  )
  command.argument('<file>', 'the file to write; it must not exist')
  answer(command, async (globals) => {
    const [path = ''] = command.args
    const { backup } = await import('@athena-memory/transfer')
    const move = ({ database }: Athena) =>
      withProgress((onProgress) =>
        backup(database, path, {
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
