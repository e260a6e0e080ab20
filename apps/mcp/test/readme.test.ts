import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bundle, prepareBundle } from './mcp/bundle.ts'
import { makePlace, type Place } from './mcp/place.ts'

let place: Place
beforeAll(async () => {
  await prepareBundle()
  place = await makePlace({ ATHENA_LOG_LEVEL: 'warn' })
})
afterAll(() => place.remove())

it('runs the example of the README', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
  const blocks = [...readme.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block)
  const example = blocks.find((block) => !block.startsWith('npm install')) ?? ''
  const program = `npx() { "${process.execPath}" "${bundle}"; }`
  const { stdout, stderr } = await promisify(execFile)(
    'bash',
    ['--norc', '-euo', 'pipefail', '-c', `${program}\n${example}`],
    { cwd: place.home, env: place.env },
  )
  expect(stderr).toBe('')
  const [, called] = stdout.trim().split('\n')
  expect(JSON.parse(called ?? '')).toMatchObject({
    result: { structuredContent: { memory: { content: 'We deploy from main every Tuesday' } } },
  })
})
