import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A process running one of the scripts in `workers/`. */
export interface Worker {
  readonly process: ChildProcess
  /** What the worker reported last, once it has ended; absent if it never did. */
  readonly ended: Promise<{ code: number | null; signal: string | null; report: unknown }>
  /** Resolves with the next message of the worker. */
  message(): Promise<unknown>
  /** Asks the worker to finish and report. */
  stop(): void
  /** Ends the worker as a power cut would: with no chance to tidy up. */
  kill(): void
}

/** Starts `workers/<name>.ts` with string arguments. */
export const startWorker = (name: string, args: readonly string[]): Worker => {
  const script = fileURLToPath(new URL(`workers/${name}.ts`, import.meta.url))
  const child = fork(script, args, { execArgv: ['--expose-gc', '--import', 'tsx'] })
  let report: unknown
  child.on('message', (message) => {
    report = message
  })
  return {
    process: child,
    ended: new Promise((resolve) => {
      child.on('close', (code, signal) => resolve({ code, signal, report }))
    }),
    message: async () => (await once(child, 'message'))[0],
    stop: () => void (child.connected && child.send('stop')),
    kill: () => void child.kill('SIGKILL'),
  }
}
