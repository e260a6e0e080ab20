import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { prepareBundle } from './cli/bundle.ts'
import { makePlace, type Place } from './cli/run-athena.ts'

let place: Place
beforeAll(async () => {
  await prepareBundle()
  place = await makePlace()
})
afterAll(() => place.remove())

it('runs the example of the README', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
  const blocks = [...readme.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block)
  const example = blocks.find((block) => !block.startsWith('npm install')) ?? ''
  const { code, stdout, stderr } = await place.shell(
    `set -euo pipefail\nnpx() { shift; athena "$@"; }\n${example}`,
  )
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/^\d\.\d\d +We deploy from main every Tuesday$/m)
})
