import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { openDatabase } from '@athena-memory/db-core'
import { createClient } from '@libsql/client'
import { describeEachBackend } from '@athena-memory/testing'
import fc from 'fast-check'
import { beforeEach, expect, it } from 'vitest'
import { sealFile } from '../src/file/seal.ts'
import { backup, restore, TransferError } from '../src/index.ts'
import { contentsOf, temporaryFolder } from './places.ts'
import { fillDatabase } from './sample-memory.ts'
import { changeSnapshot, makeSnapshot, packSnapshot, type Snapshot } from './snapshots.ts'

describeEachBackend('a file that is no good backup', (database) => {
  let whole: Buffer
  let file: string

  beforeEach(async () => {
    file = join(temporaryFolder(), 'backup')
    await fillDatabase(database())
    await backup(database(), file)
    whole = readFileSync(file)
  })

  const codeOf = async (path: string): Promise<unknown> =>
    restore(database(), path, { replace: true }).then(
      () => 'restored',
      (error: unknown) => (TransferError.is(error) ? error.code : error),
    )

  const codeOfBytes = async (bytes: Buffer): Promise<unknown> => {
    writeFileSync(file, bytes)
    return codeOf(file)
  }

  it('is refused for any flipped bit, before anything is changed', async () => {
    const before = await contentsOf(database())
    const places = fc.nat({ max: whole.length * 8 - 1 })
    await fc.assert(
      fc.asyncProperty(places, async (place) => {
        const bytes = Buffer.from(whole)
        const at = place >> 3
        bytes[at] = (bytes[at] ?? 0) ^ (1 << (place & 7))
        expect(await codeOfBytes(bytes)).toBe('damaged')
      }),
    )
    expect(await contentsOf(database())).toEqual(before)
  })

  it('is refused for a flipped bit in each byte of its seal and of its beginning', async () => {
    const ends = Array.from({ length: 120 }, (_, at) => at)
    for (const at of [...ends, ...ends.map((back) => whole.length - 1 - back)]) {
      const bytes = Buffer.from(whole)
      bytes[at] = (bytes[at] ?? 0) ^ 1
      expect(await codeOfBytes(bytes)).toBe('damaged')
    }
  })

  it('is refused wherever it was cut off', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 100, max: whole.length - 1 }), async (length) => {
        expect(['damaged', 'not-a-backup']).toContain(await codeOfBytes(whole.subarray(0, length)))
      }),
    )
    expect(await codeOfBytes(whole.subarray(0, -1))).toBe('damaged')
    expect(await codeOfBytes(Buffer.alloc(0))).toBe('not-a-backup')
  })

  it('is refused when something was added to it', async () => {
    expect(await codeOfBytes(Buffer.concat([whole, Buffer.from('\n')]))).toBe('damaged')
  })

  it('is refused when it is something else', async () => {
    expect(await codeOf(join(temporaryFolder(), 'nothing'))).toBe('not-found')
    const folder = join(temporaryFolder(), 'folder')
    mkdirSync(folder)
    expect(await codeOf(folder)).toBe('not-a-backup')
    expect(await codeOfBytes(Buffer.from('some text, and more of it'))).toBe('not-a-backup')
    expect(await codeOfBytes(gzipSync('{"format":"other"}\n'))).toBe('not-a-backup')
  })

  it('is refused when it is a database that was not made by backup', async () => {
    const path = join(temporaryFolder(), 'memory.db')
    const live = await openDatabase({ type: 'sqlite', path, tenantId: 'default' })
    await live.close()
    const before = readFileSync(path)
    expect(await codeOf(path)).toBe('not-a-backup')
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('is refused when it is a database of another program, even a sealed one', async () => {
    const path = join(temporaryFolder(), 'other.db')
    const client = createClient({ url: `file:${path}` })
    await client.execute('create table notes (id integer)')
    client.close()
    expect(await codeOf(path)).toBe('not-a-backup')
    await sealFile(path)
    expect(await codeOf(path)).toBe('not-a-backup')
  })

  it('is refused when a newer version made the database', async () => {
    const path = join(temporaryFolder(), 'newer.db')
    const live = await openDatabase({ type: 'sqlite', path, tenantId: 'default' })
    await live.close()
    const client = createClient({ url: `file:${path}` })
    await client.executeMultiple(
      `insert into athena_migrations values ('from the future', '2030-01-01'); pragma wal_checkpoint(truncate)`,
    )
    client.close()
    await sealFile(path)
    expect(await codeOf(path)).toBe('newer')
  })

  const newer: readonly [string, (snapshot: Snapshot) => void][] = [
    ['has a newer format', ({ header }) => (header.version = 2)],
    [
      'has a table that is not known',
      ({ header }) => {
        header.tables.push({ name: 'dreams', columns: ['id'], rows: 0 })
      },
    ],
    [
      'has a column that is not known',
      ({ header: { tables }, rows }) => {
        tables[0]?.columns.push('mood')
        for (const row of rows) if (row[0] === tables[0]?.name) row.push('good')
      },
    ],
  ]

  it.each(newer)('is refused when its snapshot %s', async (_, change) => {
    const snapshot = await makeSnapshot(database())
    expect(await codeOf(await changeSnapshot(snapshot, change))).toBe('newer')
  })

  const table = { name: 'projects', columns: ['id'], rows: 0 }
  const header = { version: 1, tables: [table] }
  const trailer = { contents: { projects: { rows: 0, digest: '0'.repeat(64) } } }
  const malformed: readonly [string, unknown[]][] = [
    ['nothing', []],
    ['no header', [trailer]],
    ['tables without names', [{ version: 1, tables: [{}] }, trailer]],
    ['no trailer', [header]],
    ['other rows than its trailer counts', [header, ['projects', 'x'], trailer]],
    ['rows after its trailer', [header, trailer, ['projects', 'x']]],
    ['rows of a table it does not name', [header, ['dreams', 'x'], trailer]],
    ['rows with too few cells', [header, ['projects'], trailer]],
    ['a cell of no kind', [header, ['projects', {}], trailer]],
    ['a line that is neither', [header, 5, trailer]],
  ]

  it.each(malformed)('is refused when its snapshot holds %s', async (_, lines) => {
    expect(await codeOf(await packSnapshot(lines))).toBe('damaged')
  })
})
