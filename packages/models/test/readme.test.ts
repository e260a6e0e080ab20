import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runReadmeExample } from '@athena-memory/testing'
import { expect, it } from 'vitest'

const folder = join(import.meta.dirname, '..')

it('the example of the README prints what it says it prints', async () => {
  const readme = await readFile(join(folder, 'README.md'), 'utf8')
  const said = [...readme.matchAll(/\/\/ prints (.*)/g)].map(([, line]) => line)
  expect(said).not.toEqual([])
  expect((await runReadmeExample(folder)).trimEnd().split('\n')).toEqual(said)
})
