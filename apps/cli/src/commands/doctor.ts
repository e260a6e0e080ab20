import type { Command } from 'commander'
import { answer } from '../answer.ts'
import { worstOf } from '../doctor/check.ts'

/** Adds `athena doctor`: what is well, what is not, and what to do about it. */
export const addDoctor = (program: Command): Command => {
  const command = program.command('doctor').summary('look for trouble and say what to do')
  command.description(
    'Checks Node, the database, its role or its file, and the embedder. Fails when a check fails.',
  )
  answer(command, async (globals) => {
    const { examine } = await import('../doctor/examine.ts')
    const { renderChecks } = await import('../doctor/render-checks.ts')
    const checks = await examine(globals)
    const status = worstOf(checks)
    return {
      value: { status, checks },
      text: (terminal) => renderChecks(terminal, checks),
      isFailure: status === 'fail',
    }
  })
  return command
}
