import { mkdir, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { installedPackages } from './readme.js'
import { runCommand } from './run-command.js'

/**
 * Makes a project of nothing but a manifest and installs what the package's README says to install.
 * Our own packages come from their tarballs, however deep they are needed.
 *
 * @param {import('./pack.js').PackedPackage} packed
 * @param {import('./pack.js').PackedPackage[]} all
 * @param {string} project the folder to make
 */
export async function createProject(packed, all, project) {
  await mkdir(project, { recursive: true })
  const ours = Object.fromEntries(all.map((each) => [each.manifest.name, `file:${each.tarball}`]))
  const known = all.flatMap(({ manifest }) => [manifest.dependencies, manifest.peerDependencies])
  const settings = { packages: ['.'], overrides: ours }
  const manifest = {
    private: true,
    type: 'module',
    dependencies: dependenciesOf(packed, Object.assign({}, ...known, ours)),
    devDependencies: { '@types/node': '^20.19.0' },
  }
  await writeFile(join(project, 'pnpm-workspace.yaml'), JSON.stringify(settings))
  await writeFile(join(project, 'package.json'), JSON.stringify(manifest))
  await runCommand(['npx', '--yes', 'pnpm@12', 'install'], { cwd: project })
}

function dependenciesOf({ manifest, readme }, versions) {
  const names = installedPackages(readme)
  if (!names.includes(manifest.name)) {
    throw new Error(`README.md has no line 'npm install ${manifest.name} ...' in a sh block`)
  }
  return Object.fromEntries(names.map((name) => [name, versions[name] ?? 'latest']))
}

/**
 * Where a project's programs run: its own bins first, its folder as home, no settings from outside.
 *
 * @param {string} project
 */
export function projectOptions(project) {
  const path = [join(project, 'node_modules/.bin'), process.env.PATH].join(delimiter)
  // One example asks a PostgreSQL, which it knows by this name. It refuses logins that make roles.
  const server = process.env.ATHENA_TEST_POSTGRES_LOGIN_URL ?? ''
  return { cwd: project, env: { PATH: path, HOME: project, DATABASE_URL: server } }
}
