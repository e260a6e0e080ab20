import type { Athena } from 'athena-memory'
import type { Command } from 'commander'
import { answer } from '../answer.ts'
import { CommandError } from '../failure.ts'
import { withAthena } from '../with-athena.ts'

/** Adds `athena status`: where the memory is and what is in it. */
export const addStatus = (program: Command): Command => {
  const command = program.command('status').summary('where the memory is and what is in it')
  command.description('Says where the memory is, what is in it, and how its parts are.')
  answer(command, async (globals) => {
    const { project } = globals
    const look = async (athena: Athena) => {
      if (project !== undefined) await requireProject(athena, project)
      return athena.operations.call('memory.status', {})
    }
    const value = await withAthena(globals, look, { project })
    const { renderStatus } = await import('../terminal/render-status.ts')
    return { value, text: (terminal) => renderStatus(terminal, value) }
  })
  return command
}

// Looking must not make a project of a misspelt name.
const requireProject = async ({ projects }: Athena, name: string): Promise<void> => {
  if (await projects.getByName(name)) return
  throw new CommandError(
    'invalid-input',
    '--project: no project has that name; try athena projects list',
  )
}
