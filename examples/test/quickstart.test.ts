import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { buildBundle } from '@athena-memory/testing'
import { openAthena } from 'athena-memory'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sectionsOf } from '../src/read-sections.ts'

const run = promisify(execFile)
const examples = resolve(import.meta.dirname, '..')

describe('the sections of a document', () => {
  it('are what stands under each heading, with the headings above it', () => {
    const markdown =
      'Before.\n\n# One\n\nFirst.\n\n## Two\n\n```sh\n# no heading\n```\n\n# Three\n\nLast.'
    expect(sectionsOf('a.md', markdown)).toEqual([
      { file: 'a.md', headings: [], text: 'Before.', position: 0 },
      { file: 'a.md', headings: ['One'], text: 'First.', position: 1 },
      { file: 'a.md', headings: ['One', 'Two'], text: '```sh\n# no heading\n```', position: 2 },
      { file: 'a.md', headings: ['Three'], text: 'Last.', position: 3 },
    ])
  })

  it('are none for headings alone', () => {
    expect(sectionsOf('a.md', '# One\n\n## Two\n')).toEqual([])
  })
})

describe('the quickstart', () => {
  const folder = mkdtempSync(join(tmpdir(), 'athena-quickstart-test-'))
  beforeAll(() => buildBundle(examples))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('answers each question from the section that tells', async () => {
    const { stdout } = await run('node', ['dist/quickstart.js'], { cwd: examples })
    const answers = stdout.split(/\n(?=\S.*\?\n)/).slice(1)
    expect(answers).toHaveLength(3)
    const best = answers.map((answer) => answer.split('├')[1])
    expect(best[0]).toMatch(/README\.md[^]*Choose the database/)
    expect(best[1]).toMatch(/0002[^]*The decision/)
    expect(best[2]).toMatch(/CONTRIBUTING\.md[^]*Add a table/)
    expect(stdout).toContain('--keep')
  })

  it('leaves a memory to go on with where it was asked to', async () => {
    const path = join(folder, 'memory.db')
    await run('node', ['dist/quickstart.js', '--keep', path], { cwd: examples })
    expect(existsSync(path)).toBe(true)
    const athena = await openAthena({ database: `file:${path}`, project: 'quickstart', env: {} })
    const { results } = await athena.recall('How do I add a table?', { limit: 1 })
    await athena.close()
    expect(results[0]?.groupId).toBe('CONTRIBUTING.md')
  })
})
