import { execFile } from 'node:child_process'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const app = fileURLToPath(new URL('../..', import.meta.url))
const packages = join(app, '../../packages')
const lock = join(app, 'node_modules/.bundling')

/** The program under test. */
export const bundle = join(app, 'dist/athena.js')

/** Builds the program where it is missing or older than a source; test files come together. */
export const buildBundle = async (): Promise<void> => {
  while (!(await take())) await setTimeout(50)
  try {
    if (await isOutOfDate()) await promisify(execFile)(process.execPath, ['build.js'], { cwd: app })
  } finally {
    await rm(lock, { recursive: true })
  }
}

const take = () =>
  mkdir(lock).then(
    () => true,
    () => false,
  )

const isOutOfDate = async (): Promise<boolean> => {
  const names = await readdir(packages)
  const folders = [...names.map((name) => join(packages, name)), app]
  const sources = folders.flatMap((folder) => [join(folder, 'src'), join(folder, 'migrations')])
  const times = await Promise.all(sources.map(changedAt))
  const builtAt = await stat(bundle).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
  return Math.max(...times) > builtAt
}

/** The latest change below a folder; 0 where there is none. */
const changedAt = async (folder: string): Promise<number> => {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  const stats = await Promise.all(names.map((name) => stat(join(folder, name))))
  return Math.max(0, ...stats.map(({ mtimeMs }) => mtimeMs))
}
