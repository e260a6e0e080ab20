import { toMarkdown } from '@athena-memory/operations'
import { expect, it } from 'vitest'
import { describeOperations } from '../src/index.ts'

it('is what the operations page says', async () => {
  await expect(toMarkdown(await describeOperations())).toMatchFileSnapshot(
    '../../../docs/operations.md',
  )
})
