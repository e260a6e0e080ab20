import type { Command } from 'commander'
import { answer } from '../answer.ts'

/** Adds `athena operations`: everything that can be done, with its schemas. */
export const addOperationList = (program: Command): Command => {
  const command = program.command('operations').summary('list all operations and their schemas')
  command.description('Lists every operation; each is a command, athena <layer> <verb>.')
  command.option('--layer <layer>', 'only those of this layer')
  answer(command, async () => {
    const { listOperations } = await import('../operations/list-operations.ts')
    const { renderTable } = await import('../terminal/table.ts')
    const operations = await listOperations(command.opts<{ layer?: string }>())
    return {
      value: { operations },
      text: (terminal) =>
        renderTable(terminal, {
          head: ['operation', 'effect', 'what it does'],
          rows: operations.map(({ name, effect, title }) => [name, effect, title]),
        }),
    }
  })
  return command
}
