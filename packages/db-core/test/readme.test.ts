import { dirname } from 'node:path'
import { runReadmeExample } from '@athena-memory/testing'
import { expect, it } from 'vitest'

it('runs the example of the README', async () => {
  const printed = await runReadmeExample(dirname(import.meta.dirname))
  expect(printed).toMatch(/^SQLite 3\.\S+: 1 project\n$/)
})
