import { once } from 'node:events'
import { readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { createEmptyPostgres } from '@athena-memory/testing'
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest'
import { prepareBundle } from './cli/bundle.ts'
import { makePlace, type Place } from './cli/run-athena.ts'

let place: Place
beforeAll(prepareBundle)
beforeEach(async () => {
  place = await makePlace()
})
afterEach(() => place.remove())

const contents = async (args: readonly string[]): Promise<string[]> => {
  const { memories } = await place.json(['semantic', 'list', '--limit', '500', ...args])
  const listed: { content: string }[] = JSON.parse(JSON.stringify(memories))
  return listed.map(({ content }) => content).toSorted()
}

describe('athena backup and restore', () => {
  it('brings everything back into another database', async () => {
    await place.json(['remember', 'Tea at four', '--tag', 'habit'])
    await place.json(['remember', 'Rain on Sunday', '--type', 'context'])
    expect(await place.json(['backup', 'all.athena'])).toMatchObject({
      path: expect.stringMatching(/all\.athena$/),
      bytes: (await stat(join(place.home, 'all.athena'))).size,
      tables: { memories: 2, documents: 2 },
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const other = ['--db', 'file:other.db']
    expect(await place.json(['restore', 'all.athena', ...other])).toMatchObject({
      tables: { memories: 2 },
    })
    expect(await contents(other)).toEqual(['Rain on Sunday', 'Tea at four'])
    const { results } = await place.json(['recall', 'tea', ...other])
    expect(results).toMatchObject([{ content: 'Tea at four', tags: ['habit'] }])
  })

  it('refuses a database that holds something, unless told to replace it', async () => {
    await place.json(['remember', 'Kept in the backup'])
    await place.json(['backup', 'all.athena'])
    await place.json(['remember', 'Written afterwards'])
    const refused = await place.athena(['restore', 'all.athena'])
    expect(refused.code).toBe(1)
    expect(refused.stderr).toMatch(/--replace/)
    expect(await contents([])).toHaveLength(2)
    await place.json(['restore', 'all.athena', '--replace'])
    expect(await contents([])).toEqual(['Kept in the backup'])
  })

  it('overwrites no file, and takes no file for a backup that is none', async () => {
    await writeFile(join(place.home, 'letter.txt'), 'Dear diary')
    const written = await place.athena(['backup', 'letter.txt'])
    expect([written.code, written.stdout]).toEqual([1, ''])
    expect(written.stderr).toMatch(/exists/)
    const read = await place.athena(['restore', 'letter.txt'])
    expect(read.code).toBe(1)
    expect(read.stderr).not.toMatch(/diary/)
    expect((await place.athena(['restore', 'nowhere.athena'])).code).toBe(1)
  })

  it('copies one moment while others write', async () => {
    const write = (number: number) => place.athena(['remember', `note ${number}`])
    await write(0)
    const [saved] = await Promise.all([
      place.json(['backup', 'busy.athena']),
      ...[1, 2, 3, 4, 5, 6].map(write),
    ])
    const { tables } = JSON.parse(JSON.stringify(saved))
    expect(tables.memories).toBe(tables.documents)
    expect(await contents([])).toHaveLength(7)
    await place.json(['restore', 'busy.athena', '--db', 'file:copy.db'])
    expect(await contents(['--db', 'file:copy.db'])).toHaveLength(tables.memories)
  })
})

describe('an interrupted restore', () => {
  it('leaves all or nothing, and no file behind', async () => {
    const notes = Array.from({ length: 300 }, (_, number) => ({
      content: `note ${number} ${'of many '.repeat(200)}`,
    }))
    const flags = notes.flatMap((memory) => ['--memories', JSON.stringify(memory)])
    await place.json(['semantic', 'remember-many', ...flags])
    await place.json(['backup', 'all.athena'])
    for (const delayMs of [200, 400, 600]) {
      const child = place.start(['restore', 'all.athena', '--db', `file:${delayMs}.db`])
      // It may be done before it is interrupted.
      const closed = once(child, 'close')
      await setTimeout(delayMs)
      child.kill('SIGINT')
      const [code] = await closed
      const restored = await contents(['--db', `file:${delayMs}.db`])
      expect([
        [0, 300],
        [130, 0],
        // Before it could listen for signals, the signal itself ended it.
        [null, 0],
      ]).toContainEqual([code, restored.length])
    }
    expect((await readdir(place.home)).filter((name) => name.includes('partial'))).toEqual([])
  })
})

const server = process.env['ATHENA_TEST_POSTGRES_URL']

describe.runIf(server)('between the two databases', () => {
  let target: Awaited<ReturnType<typeof createEmptyPostgres>>
  beforeAll(async () => {
    target = await createEmptyPostgres(server ?? '')
  })
  afterAll(() => target.drop())

  it('moves from libSQL to PostgreSQL and back', async () => {
    await place.json(['remember', 'Crossing the river', '--tag', 'travel'])
    await place.json(['backup', 'there.athena'])
    await place.json(['restore', 'there.athena', '--db', target.url])
    await place.json(['backup', 'back.athena', '--db', target.url])
    await place.json(['restore', 'back.athena', '--db', 'file:again.db'])
    expect(await contents(['--db', 'file:again.db'])).toEqual(['Crossing the river'])
  })
})
