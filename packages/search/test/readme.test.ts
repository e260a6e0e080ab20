import { fileURLToPath } from 'node:url'
import { runReadmeExample } from '@athena-memory/testing'
import { expect, it } from 'vitest'

it('prints what the README says', async () => {
  const printed = await runReadmeExample(fileURLToPath(new URL('..', import.meta.url)))
  expect(printed).toBe('Ana moved to Lisbon in March\n')
})
