import type { JsonObject } from '@athena-memory/operations'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderValue } from '../src/terminal/render-value.ts'
import { prepareBundle } from './cli/bundle.ts'
import { plainTerminal, widest } from './cli/plain-terminal.ts'
import { makePlace, type Place } from './cli/run-athena.ts'

const render = (value: JsonObject, width = 80): string => renderValue(plainTerminal(width), value)

const ID = '0199d1a2-7c3e-7b40-9a53-0d8f6f2c1e77'

describe('any result', () => {
  it('shows fields, small objects, lists of records and large objects', () => {
    const value = {
      removed: true,
      lastSeenAt: '2026-01-31T09:30:00.000Z',
      rows: { memories: 2, documents: 3 },
      names: ['a', 'b'],
      none: [],
      projects: [{ name: 'shop', size: 0.123456 }, { name: 'home' }],
      session: { id: 's1', turns: [{ role: 'user' }, { role: 'agent' }] },
    }
    expect(render(value)).toBe(
      [
        'removed       yes',
        'last seen at  2026-01-31 09:30 UTC',
        'rows          memories 2, documents 3',
        'names         a, b',
        'none          none',
        '',
        'projects',
        'name  size',
        'shop  0.1235',
        'home',
        '',
        'session',
        '  id  s1',
        '  turns',
        '  role',
        '  user',
        '  agent',
      ].join('\n'),
    )
  })

  it.each([40, 80, 120])('fits %i columns and drives no terminal, whatever it holds', (width) => {
    const text = fc.string({ unit: 'binary', maxLength: 120 })
    const { tree } = fc.letrec<{ tree: unknown; leaf: unknown }>((tie) => ({
      leaf: fc.oneof(text, fc.double({ noNaN: true }), fc.boolean(), fc.constant(null)),
      tree: fc.oneof(
        { maxDepth: 3 },
        tie('leaf'),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(fc.string({ unit: 'binary', maxLength: 30 }), tie('tree'), { maxKeys: 4 }),
      ),
    }))
    fc.assert(
      fc.property(fc.dictionary(fc.string({ maxLength: 12 }), tree, { maxKeys: 4 }), (value) => {
        const shown = render(JSON.parse(JSON.stringify(value)), width)
        expect(shown).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u)
        expect(widest(shown)).toBeLessThanOrEqual(width)
      }),
    )
  })
})

describe('a list of records', () => {
  const sentence = 'The build failed since the lockfile was out of date'

  it('is a table in which ids stay whole and texts are broken between words', () => {
    const text = render({ episodes: [1, 2].map((count) => ({ id: ID, content: sentence, count })) })
    expect(text.split('\n').slice(0, 4)).toEqual([
      'episodes',
      `id${' '.repeat(36)}content                              count`,
      `${ID}  The build failed since the lockfile  1`,
      `${' '.repeat(38)}was out of date`,
    ])
  })

  it('stands record by record where an id or a long text would be broken', () => {
    const wide = { id: ID, from: ID, to: ID, strength: 0.5 }
    expect(render({ relations: [wide, { ...wide, strength: 1 }] })).toMatch(
      /^relations: 1 of 2\n {2}id +0199.*\n {2}from .*\n {2}to .*\n {2}strength {2}0\.5\n\nrelations: 2 of 2\n/,
    )
    const long = { id: ID, content: `${sentence}. `.repeat(10) }
    const text = render({ episodes: [long, long] })
    expect(text.match(/lockfile/g)).toHaveLength(20)
    expect(widest(text)).toBeLessThanOrEqual(80)
  })

  it('says once what all records have in common, where there is no room to repeat it', () => {
    const messages = ['one', 'two', 'three'].map((content, position) => {
      return { id: ID, threadId: 't1', projectId: ID, content, position }
    })
    const text = render({ messages })
    expect(text).toMatch(/^all messages\n {2}id +\S+\n {2}thread id {3}t1\n {2}project id +\S+\n\n/)
    expect(text).toMatch(/\n\nmessages\ncontent {2}position\none {6}0\ntwo {6}1\nthree {4}2$/)
  })

  it('shows counts inside records, and records inside records further in', () => {
    const days = [{ day: '2026-01-31', types: { commit: 3, test_run: 1 } }]
    expect(render({ days })).toMatch(/^2026-01-31 {2}commit 3, test_run 1$/m)
    const chains = [{ name: 'a', episodes: [{ id: 'e1' }, { id: 'e2' }] }]
    expect(render({ chains })).toBe('chains\n  name  a\n  episodes\n  id\n  e1\n  e2')
  })
})

describe('long values', () => {
  it('keep their lines and their indentation, over the whole width', () => {
    const text = 'graph TD\n  a-->b\n  b-->c\n  c-->a'
    expect(render({ count: 3, text })).toBe(`count  3\n\ntext\n${text}`)
  })

  it('have a line each in a list', () => {
    const problems = ['line 3 is no JSON', 'line 5 has no role, which every message needs']
    expect(render({ problems })).toBe(
      'problems  - line 3 is no JSON\n          - line 5 has no role, which every message needs',
    )
    expect(render({ paths: [['a', 'b'], ['c']] })).toBe('paths  - a, b\n       - c')
  })
})

describe('the end of a result', () => {
  it('says how to get the next page, and what could not be done', () => {
    const value = {
      nextCursor: `17:${ID}`,
      notices: ['the model is down'],
      episodes: [{ id: 'e' }],
    }
    expect(render(value)).toBe(
      `episodes\nid\ne\n\nmore: --cursor '17:${ID}'\n\nnote: the model is down`,
    )
  })

  it('says nothing where there is nothing to say', () => {
    expect(render({ episodes: [], notices: [] })).toBe('episodes  none')
  })
})

describe('results of real operations', () => {
  let place: Place
  beforeAll(async () => {
    await prepareBundle()
    place = await makePlace()
    for (const number of [1, 2, 3]) await place.json(['remember', `Note ${number} on tea`])
  })
  afterAll(() => place.remove())

  it('fit 80 columns, with every id whole and a cursor that works', async () => {
    const { stdout } = await place.athena(['semantic', 'list', '--limit', '2'])
    const listed = stdout.replace(/^more: .*/m, '')
    expect(widest(listed)).toBeLessThanOrEqual(80)
    expect(listed).toMatch(/Note 3 on tea[^]*Note 2 on tea/)
    const [, cursor = ''] = /^more: --cursor '(.*)'$/m.exec(stdout) ?? []
    const next = await place.athena(['semantic', 'list', '--limit', '2', '--cursor', cursor])
    expect(next.stdout).toMatch(/Note 1 on tea/)
    expect(next.stdout).not.toMatch(/more:|Note 2/)
  })

  it('list projects in a table where there is room', async () => {
    await place.json(['init', '--project', 'shop'])
    const wide = await place.athena(['projects', 'list'], { env: { COLUMNS: '160' } })
    expect(wide.stdout).toMatch(/^id {36}.*name/m)
    expect(wide.stdout).toMatch(/^[0-9a-f-]{36} {2}.*shop/m)
    const narrow = await place.athena(['projects', 'list'])
    expect(widest(narrow.stdout)).toBeLessThanOrEqual(80)
    expect(narrow.stdout).toMatch(/^ {2}id +[0-9a-f-]{36}$/m)
  })
})
