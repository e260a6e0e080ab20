import { runReadmeExample } from '@athena-memory/testing'
import { expect, it } from 'vitest'

it('the example of the README runs', async () => {
  expect(await runReadmeExample(`${import.meta.dirname}/..`)).toBe('Ada - parser - printer\n')
})
