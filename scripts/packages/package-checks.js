import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectOptions } from './project.js'
import { exampleBlock } from './readme.js'
import { runCommand } from './run-command.js'

const bin = (root, name) => join(root, 'node_modules/.bin', name)

/**
 * What is looked at in a tarball itself: its manifest against its files, and its types.
 *
 * @param {import('./pack.js').PackedPackage} packed
 * @param {string} root the workspace, whose tools are used
 * @returns {Record<string, () => Promise<unknown>>} each check rejects with what is wrong
 */
export function tarballChecks({ tarball }, root) {
  return {
    publint: () => runCommand([bin(root, 'publint'), 'run', tarball, '--strict']),
    types: () => runCommand([bin(root, 'attw'), tarball, '--profile', 'esm-only', '--no-color']),
  }
}

/**
 * What is looked at in a project that has installed the package: its bins answer, and the
 * README's example type checks and runs.
 *
 * @param {import('./pack.js').PackedPackage} packed
 * @param {string} project
 * @param {string} root
 * @returns {Record<string, () => Promise<unknown>>} each check rejects with what is wrong
 */
export function projectChecks({ manifest, readme }, project, root) {
  const options = projectOptions(project)
  const versions = Object.keys(manifest.bin ?? {}).map((name) => [
    `${name} --version`,
    () => expectVersion(name, manifest.version, options),
  ])
  const example = manifest.bin
    ? () => runShellExample(readme, options)
    : () => runTypeScriptExample(readme, bin(root, 'tsc'), options)
  return { ...Object.fromEntries(versions), example }
}

async function expectVersion(name, version, options) {
  const answer = await runCommand([name, '--version'], options)
  if (answer.trim() !== version)
    throw new Error(`${name} --version says ${answer.trim()}, not ${version}`)
}

async function runShellExample(readme, options) {
  await runCommand(['bash', '-euo', 'pipefail', '-c', exampleBlock(readme, 'sh')], options)
}

async function runTypeScriptExample(readme, tsc, options) {
  await writeFile(join(options.cwd, 'example.ts'), exampleBlock(readme, 'ts'))
  const strict = ['--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2023']
  await runCommand([tsc, ...strict, '--types', 'node', 'example.ts'], options)
  await runCommand([process.execPath, 'example.js'], options)
}
