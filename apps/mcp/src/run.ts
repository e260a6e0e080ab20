import { CommanderError } from 'commander'
import { createLog, type Log } from './log.ts'
import { serve } from './serve.ts'
import { readLogLevel, readSettings } from './settings.ts'
import { codeOf, isSettingError, toMessage } from './to-message.ts'

/**
 * Runs the program until its client leaves or it is told to stop, then exits: 0 when it stopped in
 * order, 2 for wrong settings, 1 for everything else.
 */
export const run = async (args: readonly string[]): Promise<never> => {
  const log = createLog('info')
  process.on('uncaughtException', (error) => process.exit(reportFailure(error, log)))
  try {
    const settings = readSettings(args)
    const isDone = await serve(settings, createLog(readLogLevel(process.env)))
    return process.exit(isDone ? 0 : 1)
  } catch (thrown) {
    return process.exit(reportFailure(thrown, log))
  }
}

/** Says what is wrong, and with which code to exit. */
const reportFailure = (thrown: unknown, log: Log): number => {
  // Commander has told the user already; it prints help by throwing, too.
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2
  log.error('stopped', { code: codeOf(thrown), message: toMessage(thrown) })
  return isSettingError(thrown) ? 2 : 1
}
