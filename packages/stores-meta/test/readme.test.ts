import { runReadmeExample } from '@athena-memory/testing'
import { expect, it } from 'vitest'

it('the example of the README runs', async () => {
  expect(await runReadmeExample(`${import.meta.dirname}/..`)).toBe(
    '3.2 beginner\nfew-memories 2 memories, fewer than 5\n',
  )
})
