import { execFile } from 'node:child_process'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'

const packages = join(import.meta.dirname, '../..')

/** A build takes seconds: whoever locked it longer ago than this has been killed. */
const ABANDONED_AFTER_MS = 60_000

/**
 * Runs a folder's `build.js` where its `dist` is missing or older than what it is made of: the
 * folder's own sources and those of all packages. Several test files may ask at once; one builds.
 *
 * @throws Error with what the build wrote where it fails
 */
export const buildBundle = async (folder: string): Promise<void> => {
  const lock = join(folder, 'node_modules/.bundling')
  while (!(await take(lock))) await setTimeout(50)
  try {
    if (await isOutOfDate(folder)) {
      await promisify(execFile)(process.execPath, ['build.js'], { cwd: folder })
    }
  } finally {
    await rm(lock, { recursive: true, force: true })
  }
}

const take = async (lock: string): Promise<boolean> => {
  const takenAt = await modifiedAt(lock)
  if (takenAt > 0 && Date.now() - takenAt > ABANDONED_AFTER_MS) {
    await rm(lock, { recursive: true, force: true })
  }
  return mkdir(lock).then(
    () => true,
    () => false,
  )
}

const isOutOfDate = async (folder: string): Promise<boolean> => {
  const names = await readdir(packages)
  const sources = [folder, ...names.map((name) => join(packages, name))].flatMap((place) =>
    ['src', 'migrations', 'package.json', 'build.js'].map((name) => join(place, name)),
  )
  const bundler = join(packages, '../scripts/bundle.js')
  const changes = await Promise.all([bundler, ...sources].map(changedAt))
  // The migrations are what a build writes last.
  return Math.max(...changes) > (await modifiedAt(join(folder, 'dist/migrations')))
}

/** The latest change of a file or of anything below a folder; 0 where there is none. */
const changedAt = async (path: string): Promise<number> => {
  const names = await readdir(path, { recursive: true }).catch(() => [''])
  return Math.max(0, ...(await Promise.all(names.map((name) => modifiedAt(join(path, name))))))
}

/** In milliseconds since 1970; 0 for what is not there. */
const modifiedAt = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
