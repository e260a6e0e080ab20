import { beforeAll, describe, expect, test } from 'vitest'
import type { CatalogFacts } from '../../src/guard/catalog-facts.ts'
import { createGuard, type Guard } from '../../src/guard/create-guard.ts'
import { DEFAULT_POLICY } from '../../src/guard/policy.ts'
import { CASES, type Case } from './cases.ts'
import { readPgliteFacts } from './pglite-facts.ts'
import { createChance, varyStatement } from './vary-statement.ts'

let guard: Guard
let facts: CatalogFacts
beforeAll(async () => {
  guard = await createGuard({ ...DEFAULT_POLICY, tenantId: 'tenant-a' })
  facts = await readPgliteFacts()
})

const verdict = ({ tool, sql }: Pick<Case, 'tool' | 'sql'>) => guard.judge(tool, sql, facts)
const word = (call: Pick<Case, 'tool' | 'sql'>) => (verdict(call).allowed ? 'allow' : 'refuse')
const query = (sql: string) => verdict({ tool: 'query', sql })

test.each(CASES)('$expect $tool $sql', (one) => {
  const { allowed, reason } = verdict(one)
  expect({ reason, word: allowed ? 'allow' : 'refuse' }).toEqual({ reason, word: one.expect })
})

test('other spaces, comments, case, quotes and nesting change no verdict', () => {
  const variants = Number(process.env['ATHENA_FUZZ_VARIANTS'] ?? 2000)
  const chance = createChance(20_261_121)
  const wrong: unknown[] = []
  for (let count = 0; count < variants; count += 1) {
    const one = CASES[count % CASES.length]
    if (!one) continue
    const sql = varyStatement(one.sql, chance)
    const said = word({ tool: one.tool, sql })
    if (said !== one.expect) wrong.push({ ...one, sql, reason: verdict({ ...one, sql }).reason })
  }
  expect(wrong).toEqual([])
}, 600_000)

describe('bytes', () => {
  test('every control, bidirectional and invisible character is refused, wherever it stands', () => {
    const hidden = [
      '\0',
      '\b',
      '\v',
      '\u001b',
      '\u007f',
      '\u0085',
      '\u00ad',
      '\u200b',
      '\u200e',
      '\u202a',
      '\u2028',
      '\u2066',
      '\u2060',
      '\ufeff',
      '\u{e0041}',
      '\u{e0100}',
      '\ud800',
    ]
    const places = (letter: string) => [
      `select '${letter}'`,
      `select 1 --${letter}`,
      `select 1 as "a${letter}"`,
      `${letter}select 1`,
    ]
    const got = hidden.flatMap((letter) => places(letter).map((sql) => query(sql).allowed))
    expect(new Set(got)).toEqual(new Set([false]))
  })

  test('letters of any script, emoji and the white space of SQL are allowed', () => {
    expect(query("select\t'zażółć 日本語 עברית ❤️ 👍'\r\n\f").allowed).toBe(true)
  })

  test('a statement of 65,536 bytes is read, a longer one is not', () => {
    const start = "select '"
    const longest = `${start}${'x'.repeat(65_536 - start.length - 1)}'`
    expect([query(longest).allowed, query(`${longest} `).allowed]).toEqual([true, false])
    expect(query(`select '${'é'.repeat(40_000)}'`).reason).toContain('65536 bytes')
    expect(query(`select '${'x'.repeat(1_048_576)}'`).reason).toContain('65536 bytes')
  })
})

describe('nesting', () => {
  const deep: Record<string, (times: number) => string> = {
    brackets: (times) => `select ${'('.repeat(times)}1${')'.repeat(times)}`,
    selects: (times) => `select ${'(select '.repeat(times)}1${')'.repeat(times)}`,
    arrays: (times) => `select ${'array['.repeat(times)}1${']'.repeat(times)}`,
    calls: (times) => `select ${'abs('.repeat(times)}1${')'.repeat(times)}`,
    not: (times) => `select ${'not '.repeat(times)}true`,
    minus: (times) => `select ${'- '.repeat(times)}id from memories`,
    sums: (times) => `select 1${' + 1'.repeat(times)}`,
    unions: (times) => `select 1${' union all select 1'.repeat(times)}`,
    joins: (times) => `select 1 from memories m${' join memories using (id)'.repeat(times)}`,
    casts: (times) => `select 1${'::int'.repeat(times)}`,
    cases: (times) =>
      `select ${'case when true and '.repeat(times)}true${' then true end'.repeat(times)}`,
    labels: (times) => `select ${'(select 1 as end, '.repeat(times)}1${')'.repeat(times)}`,
  }
  test.each(Object.keys(deep))(
    '%s are refused however deep, and the parser still works',
    (name) => {
      const write = deep[name] ?? String
      for (const times of [1000, 2000, 5000, 10_000]) {
        expect(query(write(times)).allowed).toBe(false)
        expect(query('select 1').allowed).toBe(true)
      }
    },
  )

  test('lists may be long', () => {
    const ids = Array.from({ length: 5000 }, (_, id) => id).join(', ')
    expect(query(`select * from memories where id in (${ids})`).allowed).toBe(true)
    const conditions = Array.from({ length: 1000 }, (_, id) => `id = ${id}`).join(' or ')
    expect(query(`select * from memories where ${conditions}`).allowed).toBe(true)
  })
})

test('kinds of nodes that nobody knows are refused', () => {
  expect(query("select * from memories where xmlexists('//a' passing '<a/>')").allowed).toBe(true)
  expect(query('select merge_action()').allowed).toBe(false)
})

test('reasons and normalised statements repeat no literal and no comment', () => {
  const sql = `select 'SECRET' /* SECRET */, E'SECRET', $x$SECRET$x$, U&'SECRET', B'1', 4711, pg_sleep(4711) -- SECRET`
  const { reason, normalised } = query(sql)
  expect(`${reason} ${normalised}`).not.toMatch(/SECRET|4711/)
  expect(normalised).toBe('select ? , ? , ? , ? , ? , ? , pg_sleep ( ? )')
  for (const { reason: why } of CASES.map(verdict))
    expect(why).not.toMatch(/tenant-b|passwd|SECRET/)
})
