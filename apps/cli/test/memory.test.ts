import { createEmptyPostgres } from '@athena-memory/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareBundle } from './cli/bundle.ts'
import { makePlace, type Place } from './cli/run-athena.ts'

interface Backend {
  readonly name: string
  /** Environment of the program, and how to clean up. */
  readonly open: () => Promise<{ env: Record<string, string>; close: () => Promise<void> }>
}

const server = process.env['ATHENA_TEST_POSTGRES_URL']
const backends: readonly Backend[] = [
  { name: 'libsql', open: async () => ({ env: {}, close: async () => undefined }) },
  ...(server === undefined ? [] : [{ name: 'postgres', open: () => openPostgres(server) }]),
]

const openPostgres = async (address: string) => {
  const { url, drop } = await createEmptyPostgres(address)
  return { env: { ATHENA_DATABASE_URL: url }, close: drop }
}

describe.each(backends)('remember, recall and forget on $name', ({ open }) => {
  let place: Place
  let close: () => Promise<void>
  beforeAll(async () => {
    await prepareBundle()
    const opened = await open()
    close = opened.close
    place = await makePlace(opened.env)
  })
  afterAll(async () => {
    await place.remove()
    await close()
  })

  const idOf = (value: Record<string, unknown>): string => String(value['id'])
  const ids = (value: Record<string, unknown>): unknown[] =>
    JSON.parse(JSON.stringify(value['results'])).map((result: { id: unknown }) => result.id)

  it('finds at once what was remembered, and says why', async () => {
    const flags = [
      '--type',
      'decision',
      '--tag',
      'deploy',
      '--tag',
      'calendar',
      '--source',
      'minutes.md',
    ]
    const kept = await place.json(['remember', 'We deploy from main every Tuesday', ...flags])
    expect(kept).toMatchObject({
      id: expect.any(String),
      memoryType: 'decision',
      tags: ['deploy', 'calendar'],
      source: 'minutes.md',
    })
    const { results } = await place.json(['recall', 'when do we deploy?'])
    expect(results).toMatchObject([
      {
        id: kept['id'],
        layer: 'semantic',
        content: 'We deploy from main every Tuesday',
        hybridScore: expect.any(Number),
        semanticSimilarity: expect.any(Number),
        keywordRank: 1,
      },
    ])
  })

  it('says plainly that nothing relevant is remembered', async () => {
    const { code, stdout, stderr } = await place.athena(['recall', 'zygote thermodynamics'])
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: 'Nothing relevant is remembered.\n',
      stderr: '',
    })
  })

  it('narrows by tag, layer, limit and project', async () => {
    await place.json(['remember', 'The red kettle is loud', '--tag', 'kitchen'])
    await place.json(['remember', 'The blue kettle is quiet', '--tag', 'office'])
    const elsewhere = await place.json(['remember', 'The green kettle leaks', '--project', 'cabin'])
    expect(ids(await place.json(['recall', 'kettle', '--tag', 'office']))).toHaveLength(1)
    expect(ids(await place.json(['recall', 'kettle', '--layer', 'graph']))).toHaveLength(0)
    expect(ids(await place.json(['recall', 'kettle', '--limit', '1']))).toHaveLength(1)
    expect(ids(await place.json(['recall', 'kettle', '--project', 'cabin']))).toEqual([
      elsewhere['id'],
    ])
    expect(ids(await place.json(['recall', 'kettle', '--all-projects']))).toHaveLength(3)
  })

  it('recalls what was true at a time', async () => {
    const until = ['--valid-until', '2020-01-01T00:00:00Z']
    const past = await place.json(['remember', 'The office cat is called Minka', ...until])
    expect(ids(await place.json(['recall', 'office cat']))).not.toContain(past['id'])
    const then = ['--as-of', '2019-06-01T00:00:00Z']
    expect(ids(await place.json(['recall', 'office cat', ...then]))).toContain(past['id'])
  })

  it('refuses to read a project that does not exist, and makes none', async () => {
    const { code, stderr } = await place.athena(['recall', 'kettle', '--project', 'cabbin'])
    expect(code).not.toBe(0)
    expect(stderr).toMatch(/project/)
    expect((await place.athena(['status', '--project', 'cabbin'])).code).toBe(2)
    expect(JSON.stringify(await place.json(['projects', 'list']))).not.toMatch(/cabbin/)
  })

  it('keeps text that looks like a flag, any script, and quotes', async () => {
    const texts = ['-5 degrees in the cellar', `"quoted" 'text' $HOME`, '日本語の記憶 🧠 zażółć']
    for (const content of texts) {
      expect(await place.json(['remember', '--', content])).toMatchObject({ content })
    }
  })

  it('forgets for good, with a receipt', async () => {
    const id = idOf(await place.json(['remember', 'The vault code is written on the blackboard']))
    const receipt = await place.athena(['forget', id, '--json'])
    expect(receipt.code).toBe(0)
    expect(JSON.parse(receipt.stdout)).toMatchObject({ id, forgotten: true })
    expect(ids(await place.json(['recall', 'vault code blackboard']))).not.toContain(id)
    const again = await place.athena(['forget', id, '--json'])
    expect(again.code).toBe(1)
    expect(JSON.parse(again.stdout)).toMatchObject({ id, forgotten: false })
    expect((await place.athena(['forget', id])).stdout).toMatch(/^Nothing was forgotten: no memory/)
  })

  it('reads standard input up to 1 MiB', async () => {
    const kept = await place.json(['remember', '-'], { input: 'piped from elsewhere\n' })
    expect(kept).toMatchObject({ content: 'piped from elsewhere' })
    const full = await place.athena(['remember', '-', '--json'], {
      input: `${'word '.repeat(209_715)}w`,
    })
    expect(full.code).toBe(0)
  })

  it('keeps what ten processes remember at once', async () => {
    const numbers = Array.from({ length: 10 }, (_, index) => index)
    const runs = await Promise.all(
      numbers.map((number) =>
        place.athena([
          'remember',
          `parallel note number ${number}`,
          '--project',
          'crowd',
          '--json',
        ]),
      ),
    )
    expect(runs.map(({ code, stderr }) => [code, stderr])).toEqual(numbers.map(() => [0, '']))
    const found = await place.json([
      'recall',
      'parallel note number',
      '--project',
      'crowd',
      '--limit',
      '50',
    ])
    const kept = runs.map(({ stdout }) => JSON.parse(stdout).id)
    expect(new Set(ids(found))).toEqual(new Set(kept))
    expect(new Set(kept).size).toBe(10)
  })

  it('shows a status for people and for programs', async () => {
    expect(await place.json(['status'])).toMatchObject({
      location: expect.any(String),
      tenantId: 'default',
      project: { name: 'default' },
      layers: { semantic: expect.any(Number) },
      embedding: { pending: 0 },
    })
    const { stdout } = await place.athena(['status'])
    expect(stdout).toMatch(/^project +default$/m)
  })

  it('makes a directory a project, once', async () => {
    expect(await place.json(['init', '--project', 'home'])).toMatchObject({
      name: 'home',
      created: true,
    })
    expect(await place.json(['init'])).toMatchObject({ name: 'home', created: false })
    expect(await place.json(['status'])).toMatchObject({ project: { name: 'home' } })
  })

  it('has nothing to migrate and nothing to embed', async () => {
    expect(await place.json(['migrate'])).toEqual({ applied: 0 })
    expect(await place.json(['embed'])).toEqual({ embedded: 0, remaining: 0 })
  })
})
