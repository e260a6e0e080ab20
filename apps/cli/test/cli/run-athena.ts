import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { bundle } from './bundle.ts'

/** How one run of a program ended. */
export interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** How it is run. Nothing of this process's environment reaches it but the path. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string | Uint8Array
}

/** A place to run the program in: an empty home, which is also the working directory. */
export interface Place {
  readonly home: string
  /** Runs `athena` to its end. */
  readonly athena: (args: readonly string[], options?: RunOptions) => Promise<Run>
  /** Runs `athena --json ...`, which has to succeed, and reads the one JSON value it prints. */
  readonly json: (args: readonly string[], options?: RunOptions) => Promise<Record<string, unknown>>
  /** Starts `athena` and leaves it running. */
  readonly start: (args: readonly string[], options?: RunOptions) => ChildProcessWithoutNullStreams
  /** Runs a line of bash, in which `athena` is the program. */
  readonly shell: (line: string) => Promise<Run>
  readonly remove: () => Promise<void>
}

/** Makes a place, with environment variables for everything that runs in it. */
export const makePlace = async (env: Readonly<Record<string, string>> = {}): Promise<Place> => {
  const home = await mkdtemp(join(tmpdir(), 'athena-cli-'))
  const launch = (command: readonly [string, ...string[]], options: RunOptions = {}) => {
    const [program, ...args] = command
    const own = { PATH: process.env['PATH'], HOME: home }
    return spawn(program, args, { cwd: home, env: { ...own, ...env, ...options.env } })
  }
  const start: Place['start'] = (args, options) =>
    launch([process.execPath, bundle, ...args], options)
  const athena: Place['athena'] = (args, options) => finish(start(args, options), options?.input)
  return {
    home,
    athena,
    start,
    async json(args, options) {
      const { code, stdout, stderr } = await athena(['--json', ...args], options)
      if (code !== 0) throw new Error(`athena ${args[0]} ended with ${code}: ${stderr}`)
      return JSON.parse(stdout)
    },
    shell(line) {
      const name = `athena() { "${process.execPath}" "${bundle}" "$@"; }`
      return finish(launch(['bash', '-c', `${name}\n${line}`]))
    },
    remove: () => rm(home, { recursive: true }),
  }
}

const finish = async (
  child: ChildProcessWithoutNullStreams,
  input: string | Uint8Array = '',
): Promise<Run> => {
  // The program may end without having read everything.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const code = new Promise<number | null>((resolve) => {
    child.on('close', resolve)
  })
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await code, stdout, stderr }
}
