// Runs the command line from the sources, building its bundle when that is missing or out of date.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const bundle = join(root, 'apps/cli/dist/athena.js')

/** The latest change in a file or in anything below a folder, in milliseconds; 0 when absent. */
function changedAt(path) {
  if (!existsSync(path)) return 0
  if (!statSync(path).isDirectory()) return statSync(path).mtimeMs
  return Math.max(
    0,
    ...readdirSync(path, { recursive: true }).map((name) => statSync(join(path, name)).mtimeMs),
  )
}

function isOutOfDate() {
  const folders = [
    'apps/cli',
    ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`),
  ]
  const sources = folders.flatMap((folder) =>
    ['src', 'migrations', 'package.json', 'build.js'].map((name) => `${folder}/${name}`),
  )
  const changes = ['scripts/bundle.js', ...sources].map((path) => changedAt(join(root, path)))
  return Math.max(...changes) > changedAt(bundle)
}

function build() {
  const turbo = [
    'turbo',
    'run',
    'build',
    '--filter=@athena-memory/cli',
    '--output-logs=errors-only',
  ]
  const command = ['--yes', 'pnpm@12', 'exec', ...turbo]
  const result = spawnSync('npx', command, { cwd: root, encoding: 'utf8' })
  if (result.status !== 0) {
    // Standard output belongs to the command: a failed build speaks on standard error.
    process.stderr.write(`${result.stdout}${result.stderr}`)
    process.exit(1)
  }
  // A bundle restored from turbo's cache carries the time it was first built at.
  utimesSync(bundle, new Date(), new Date())
}

if (isOutOfDate()) build()
process.chdir(process.env.INIT_CWD ?? '.')
process.argv[1] = bundle
await import(pathToFileURL(bundle).href)
