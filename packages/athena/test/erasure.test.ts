import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openAthena } from '../src/index.ts'

it('leaves no byte of what was forgotten in the file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'athena-erasure-'))
  const bytes = () =>
    readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1'))
  const open = () =>
    openAthena({ database: `file:${join(folder, 'memory.db')}`, project: 'p', env: {} })
  try {
    const athena = await open()
    for (let index = 0; index < 40; index += 1) await athena.remember(`Ordinary note ${index}`)
    const { memory } = await athena.remember('Her alias is Xylotaph')
    await athena.close()
    expect(bytes().some((text) => text.includes('Xylotaph') && text.includes('xylotaph'))).toBe(
      true,
    )

    const again = await open()
    await again.forget(memory.id)
    expect(await again.database.integrityCheck?.()).toEqual([])
    await again.close()
    expect(bytes().some((text) => /xylotaph/i.test(text))).toBe(false)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
