import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const folder = join(import.meta.dirname, '..')
const tsx = createRequire(import.meta.url).resolve('tsx/cli')

it('the example of the README prints what it says it prints', async () => {
  const readme = await readFile(join(folder, 'README.md'), 'utf8')
  const [, example = ''] = /```ts\n(.*?)```/s.exec(readme) ?? []
  const printed = [...example.matchAll(/\/\/ prints (.*)/g)].map((match) => match[1])
  expect(printed).not.toEqual([])
  // Run from the package's folder, the example finds the package by its name.
  const run = [tsx, '--input-type=module', '--eval', example]
  const { stdout } = await promisify(execFile)(process.execPath, run, { cwd: folder })
  expect(stdout.trimEnd().split('\n')).toEqual(printed)
})
