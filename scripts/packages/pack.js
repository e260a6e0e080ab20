import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from './run-command.js'

const pnpm = ['npx', '--yes', 'pnpm@12']

/**
 * @typedef {object} PackedPackage
 * @property {string} tarball
 * @property {any} manifest its package.json as it would be published
 * @property {string} readme empty when the package has none
 */

/**
 * Packs every package that is published, as publishing would.
 *
 * @param {string} root the workspace
 * @param {string} destination an existing, empty folder for the tarballs
 * @returns {Promise<PackedPackage[]>}
 */
export async function packPackages(root, destination) {
  const list = await runCommand([...pnpm, 'list', '--recursive', '--depth=-1', '--json'], {
    cwd: root,
  })
  const published = JSON.parse(list).filter((entry) => !entry.private)
  const filters = published.map((entry) => `--filter=${entry.name}`)
  await runCommand([...pnpm, ...filters, 'pack', '--pack-destination', destination], { cwd: root })
  const tarballs = await readdir(destination)
  return Promise.all(tarballs.sort().map((name) => readTarball(join(destination, name))))
}

async function readTarball(tarball) {
  const read = (file) => runCommand(['tar', '-xzOf', tarball, `package/${file}`])
  const manifest = JSON.parse(await read('package.json'))
  const readme = await read('README.md').catch(() => '')
  return { tarball, manifest, readme }
}
