import { toMarkdown } from '@athena-memory/operations'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openAthena } from '../src/index.ts'

it('is what the operations page says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'athena-operations-'))
  const athena = await openAthena({ database: `file:${join(folder, 'memory.db')}`, env: {} })
  const page = toMarkdown(athena.operations.list())
  await athena.close()
  rmSync(folder, { recursive: true, force: true })
  await expect(page).toMatchFileSnapshot('../../../docs/operations.md')
})
