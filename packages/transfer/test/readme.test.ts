import { join } from 'node:path'
import { runReadmeExample } from '@athena-memory/testing'
import { expect, it } from 'vitest'

it('the example of the README prints what it says', async () => {
  expect(await runReadmeExample(join(import.meta.dirname, '..'))).toBe('1\nshop\n')
})
