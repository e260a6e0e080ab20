import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { bundle } from './bundle.ts'

type Environment = Readonly<Record<string, string>>

/** A folder to run the program in: an empty home, which is also the working directory. */
export interface Place {
  readonly home: string
  /** Nothing of this process's environment reaches the program but this. */
  readonly env: Record<string, string>
  readonly remove: () => Promise<void>
}

/** Makes a place, with environment variables for everything that runs in it. */
export const makePlace = async (env: Environment = {}): Promise<Place> => {
  const home = await mkdtemp(join(tmpdir(), 'athena-mcp-'))
  return {
    home,
    env: { PATH: process.env['PATH'] ?? '', HOME: home, ...env },
    remove: () => rm(home, { recursive: true }),
  }
}

/** A running program. */
export interface Running {
  readonly child: ChildProcessWithoutNullStreams
  /** Everything it has written so far, line by line. */
  readonly stdout: string[]
  readonly stderr: string[]
  /** Its exit code, once it has ended. */
  readonly exited: Promise<number | null>
}

/** Starts the program and collects what it writes. */
export const startProgram = (
  place: Place,
  args: readonly string[],
  env: Environment = {},
): Running => {
  const options = { cwd: place.home, env: { ...place.env, ...env } }
  const child = spawn(process.execPath, [bundle, ...args], options)
  // It may end without having read everything.
  child.stdin.on('error', () => undefined)
  const [stdout, stderr]: [string[], string[]] = [[], []]
  createInterface(child.stdout).on('line', (line) => stdout.push(line))
  createInterface(child.stderr).on('line', (line) => stderr.push(line))
  const exited = once(child, 'close').then(() => child.exitCode)
  return { child, stdout, stderr, exited }
}
