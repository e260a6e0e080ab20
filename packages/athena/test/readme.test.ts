import { runReadmeExample } from '@athena-memory/testing'
import { join } from 'node:path'
import { expect, it } from 'vitest'

it('shows an example that runs', async () => {
  expect(await runReadmeExample(join(import.meta.dirname, '..'))).toBe('')
})
