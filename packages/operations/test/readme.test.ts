import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const here = import.meta.dirname

it('the example of the README runs', async () => {
  const readme = await readFile(join(here, '../README.md'), 'utf8')
  const [, example] = /```ts\n(.*?)```/s.exec(readme) ?? []
  expect(example).toContain("from '@athena-memory/operations'")
  // Beside the package's sources, so that it finds the package by its name.
  const folder = await mkdtemp(join(here, '.readme-'))
  try {
    const file = join(folder, 'example.ts')
    await writeFile(file, `${example}\nexport const finished = true\n`)
    expect(await import(file)).toMatchObject({ finished: true })
  } finally {
    await rm(folder, { recursive: true })
  }
})
