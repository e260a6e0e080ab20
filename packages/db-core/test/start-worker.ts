import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** Starts `workers/<name>.ts` in a process of its own; it is killed when the test ends. */
export const startWorker = (name: string, args: readonly string[]): ChildProcess => {
  const script = fileURLToPath(new URL(`workers/${name}.ts`, import.meta.url))
  const child = fork(script, args, { execArgv: ['--import', 'tsx'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** The next message of a process; rejects where it ends before. */
export const messageOf = async (child: ChildProcess): Promise<unknown> => {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the worker ended with code ${String(code)}`)
  })
  const message = once(child, 'message').then(([value]: unknown[]) => value)
  return Promise.race([message, ended])
}
