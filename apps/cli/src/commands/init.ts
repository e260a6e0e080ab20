import type { Command } from 'commander'
import { answer } from '../answer.ts'
import { withAthena } from '../with-athena.ts'

/** Adds `athena init`: makes the working directory a project. */
export const addInit = (program: Command): Command => {
  const command = program.command('init').summary('make this directory a project')
  command.description(
    'Registers the working directory, so that commands in it and below it mean its project. --project names it; otherwise it is named after the directory.',
  )
  answer(command, async (globals) => {
    const { project } = globals
    const place = { path: process.cwd(), ...(project !== undefined && { name: project }) }
    const { project: found, created } = await withAthena(globals, ({ projects }) =>
      projects.ensure(place),
    )
    return {
      value: { id: found.id, name: found.name, path: found.path ?? '', created },
      text: () =>
        created
          ? `This directory is now the project ${found.name}.`
          : `This directory belongs to the project ${found.name} already.`,
    }
  })
  return command
}
