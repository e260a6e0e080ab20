import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareBundle } from './cli/bundle.ts'
import { makePlace, type Place } from './cli/run-athena.ts'

let place: Place
beforeAll(async () => {
  await prepareBundle()
  place = await makePlace()
})
afterAll(() => place.remove())

const noStack = /^\s+at .*:\d+/m

describe('help and version', () => {
  it('prints the version of the package', async () => {
    const { code, stdout } = await place.athena(['--version'])
    expect([code, stdout]).toEqual([0, '0.1.0\n'])
  })

  it('lists shortcuts first, then the layers', async () => {
    const { code, stdout } = await place.athena(['--help'])
    expect(code).toBe(0)
    const order = ['remember', 'recall', 'forget', 'doctor', 'backup', 'semantic'].map((name) =>
      stdout.search(new RegExp(`^  ${name}\\b`, 'm')),
    )
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    expect(order).not.toContain(-1)
  })

  it('opens no database to show help', async () => {
    const options = { env: { ATHENA_DATABASE_URL: 'postgres://127.0.0.1:1/nowhere' } }
    for (const args of [
      ['--help'],
      ['recall', '--help'],
      ['semantic', 'list', '--help'],
      ['operations'],
    ]) {
      expect(await place.athena(args, options)).toMatchObject({ code: 0, stderr: '' })
    }
  })

  it('shows the flags of an operation with their meaning', async () => {
    const { stdout } = await place.athena(['recall', '--help'])
    expect(stdout).toMatch(/--limit <number> .*default: 10/)
    expect(stdout).toMatch(/--tag <string>/)
    expect(stdout).toMatch(/--as-of <string>/)
    expect(stdout).toMatch(/--db <address>/)
  })
})

describe('wrong usage exits with 2 and a hint', () => {
  const cases: readonly [what: string, args: readonly string[], said: RegExp][] = [
    ['no command', [], /Usage: athena/],
    ['a misspelt command', ['recal', 'x'], /unknown command 'recal'[^]*recall/],
    [
      'a misspelt flag',
      ['recall', 'x', '--limitt', '3'],
      /--limit\b[^]*hint: athena recall --help/,
    ],
    ['a misspelt verb', ['semantic', 'remembr'], /remember[^]*hint: athena semantic --help/],
    ['a missing argument', ['recall'], /missing required argument 'query'/],
    ['too many arguments', ['recall', 'two', 'words'], /too many arguments/],
    ['a missing flag', ['semantic', 'remember'], /--content: is required/],
    ['a flag without its value', ['recall', 'x', '--limit'], /argument missing/],
    ['text for a number', ['recall', 'x', '--limit', 'ten'], /--limit: expected a number/],
    ['a number out of bounds', ['recall', 'x', '--limit', '0'], /limit/],
    [
      'a time without a zone',
      ['recall', 'x', '--as-of', '2026-01-31'],
      /asOf: expected an ISO 8601/,
    ],
    ['an unknown type', ['remember', 'x', '--type', 'rumour'], /--type <choice>[^]*fact/],
    [
      'an unknown layer of operations',
      ['operations', '--layer', 'nope'],
      /expected one of .*semantic/,
    ],
    [
      'a database of no known kind',
      ['status', '--db', 'mysql://x'],
      /error: --db must start with file: or postgres:\/\/[^]*hint: athena status --help/,
    ],
  ]

  it.each(cases)('%s', async (_, args, said) => {
    const { code, stdout, stderr } = await place.athena(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(said)
    expect(stderr).not.toMatch(noStack)
  })

  it('names the variable that is set wrongly', async () => {
    const { code, stderr } = await place.athena(['status'], { env: { ATHENA_DB_TYPE: 'oracle' } })
    expect(code).toBe(2)
    expect(stderr).toMatch(/ATHENA_DB_TYPE must be sqlite or postgres/)
  })
})

describe('failures exit with 1, in a sentence', () => {
  it('says that PostgreSQL is not there', async () => {
    const args = ['recall', 'x', '--db', 'postgres://ada:hunter2@127.0.0.1:1/athena']
    const { code, stdout, stderr } = await place.athena(args)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/the database cannot be reached/)
    expect(stderr).not.toMatch(/hunter2/)
    expect(stderr).not.toMatch(noStack)
  })

  it('says that the file is no database, and nothing of what it holds', async () => {
    const file = join(place.home, 'letter.db')
    await writeFile(file, 'Dear diary, this is a secret and certainly no database. '.repeat(200))
    const { code, stderr } = await place.athena(['recall', 'secret', '--db', `file:${file}`])
    expect(code).toBe(1)
    expect(stderr).not.toMatch(/diary/)
    expect(stderr).not.toMatch(noStack)
  })

  it('gives programs one JSON value that says what went wrong', async () => {
    const { code, stdout, stderr } = await place.athena([
      'recall',
      'x',
      '--json',
      '--db',
      'postgres://127.0.0.1:1/athena',
    ])
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'unavailable' } })
    expect(stderr).toMatch(/cannot be reached/)
    const usage = await place.athena(['recall', '--json'])
    expect(usage.code).toBe(2)
    expect(JSON.parse(usage.stdout)).toMatchObject({ error: { code: 'usage' } })
  })
})
