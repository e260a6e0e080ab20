// Looks at every published package as its users will get it: packed, installed into an empty project, its README followed.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packPackages } from './packages/pack.js'
import { projectChecks, tarballChecks } from './packages/package-checks.js'
import { createProject } from './packages/project.js'
import { runCommand } from './packages/run-command.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const place = await mkdtemp(join(tmpdir(), 'athena-packages-'))
const count = { passed: 0, failed: 0 }

/** Runs one check and prints how it went; true when it passed. */
async function check(name, run) {
  const startedAt = performance.now()
  const error = await run().then(
    () => undefined,
    (reason) => reason,
  )
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  count[error ? 'failed' : 'passed'] += 1
  console.log(`  ${error ? 'FAIL' : 'ok  '}  ${name} (${seconds} s)`)
  if (error) console.log(error.message.replaceAll(/^/gm, '        '))
  return !error
}

async function checkAll(checks) {
  for (const [name, run] of Object.entries(checks)) await check(name, run)
}

async function checkPackage(packed, packages) {
  const project = join(place, packed.manifest.name)
  console.log(packed.manifest.name)
  await checkAll(tarballChecks(packed, root))
  const isInstalled = await check('installs', () => createProject(packed, packages, project))
  if (isInstalled) await checkAll(projectChecks(packed, project, root))
}

await runCommand(['npx', '--yes', 'pnpm@12', 'build'], { cwd: root })
const packages = await packPackages(root, join(place, 'packed'))
for (const packed of packages) await checkPackage(packed, packages)
if (count.failed === 0) await rm(place, { recursive: true })
else console.log(`left to look at: ${place}`)
console.log(`packages: ${count.passed} passed, ${count.failed} failed`)
process.exitCode = count.failed === 0 ? 0 : 1
