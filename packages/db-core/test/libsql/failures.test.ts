import {
  chmodSync,
  closeSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openLibsqlEngine } from '../../src/libsql/open-libsql-engine.ts'
import { addNote, noteIds, openEngine, openNotes, temporaryFolder } from './temporary-engine.ts'

const unavailable = (message: string) => ({
  name: 'StorageError',
  code: 'unavailable',
  message: expect.stringContaining(message),
})

describe('a path that cannot be a database', () => {
  it.each(['', ':memory:', ':memory:?cache=shared'])('refuses %o', async (path) => {
    await expect(openLibsqlEngine({ path })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('path must name a file'),
    })
  })

  it('refuses a directory', async () => {
    await expect(openLibsqlEngine({ path: temporaryFolder() })).rejects.toMatchObject(
      unavailable('path must name a file'),
    )
  })

  it('refuses a path below a file', async () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    await expect(openLibsqlEngine({ path: join(file, 'memory.db') })).rejects.toMatchObject(
      unavailable('cannot be created'),
    )
  })

  it('refuses a file that is something else, and leaves it as it was', async () => {
    const path = join(temporaryFolder(), 'letter.txt')
    writeFileSync(path, 'Dear database, '.repeat(1000))
    const { size } = statSync(path)
    await expect(openLibsqlEngine({ path })).rejects.toMatchObject(
      unavailable('not a SQLite database'),
    )
    expect(statSync(path).size).toBe(size)
  })

  // The superuser may write to any file.
  it.skipIf(process.getuid?.() === 0)('refuses a file that it may not write', async () => {
    const engine = await openNotes()
    await engine.close()
    chmodSync(engine.path, 0o400)
    const again = await openEngine({ path: engine.path })
    await expect(addNote(again, 1)).rejects.toMatchObject(unavailable('read only'))
  })
})

describe('a database that goes away while it is open', () => {
  it('is not written to or read when its file was removed', async () => {
    const engine = await openNotes()
    await addNote(engine, 1)
    rmSync(engine.path)
    await expect(addNote(engine, 2)).rejects.toMatchObject(unavailable('removed or replaced'))
    await expect(noteIds(engine)).rejects.toMatchObject(unavailable('removed or replaced'))
  })

  it('is not written to when another file took its place, and is when it is back', async () => {
    const engine = await openNotes()
    renameSync(engine.path, `${engine.path}.moved`)
    writeFileSync(engine.path, '')
    await expect(addNote(engine, 2)).rejects.toMatchObject(unavailable('removed or replaced'))
    renameSync(`${engine.path}.moved`, engine.path)
    await addNote(engine, 3)
    expect(await noteIds(engine)).toEqual([3])
  })

  it('reports a full disk, keeps what was there and goes on when there is space', async () => {
    const engine = await openNotes()
    await addNote(engine, 1)
    const fill = engine.write(async (tx) => {
      await tx.execute('pragma max_page_count = 4', [])
      await addNote(tx, 2)
      await tx.execute('insert into notes values (3, ?)', ['x'.repeat(100_000)])
    })
    await expect(fill).rejects.toMatchObject(unavailable('disk is full'))
    expect(await noteIds(engine)).toEqual([1])
    // The limit was the connection's: a connection in doubt is replaced.
    await engine.execute('insert into notes values (4, ?)', ['x'.repeat(100_000)])
    expect(await noteIds(engine)).toEqual([1, 4])
  })
})

describe('a damaged file', () => {
  const damage = (path: string) => {
    const file = openSync(path, 'r+')
    writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, 8192)
    closeSync(file)
  }

  it('is reported by reads and named by the integrity check', async () => {
    const engine = await openNotes()
    expect(await engine.integrityCheck()).toEqual([])
    for (let id = 1; id <= 20; id += 1) {
      await engine.execute('insert into notes values (?, ?)', [id, 'x'.repeat(3000)])
    }
    await engine.close()
    damage(engine.path)
    const again = await openEngine({ path: engine.path })
    expect(await again.integrityCheck()).not.toEqual([])
    await expect(noteIds(again)).rejects.toMatchObject(unavailable('damaged'))
  })

  it('is refused when it was cut off', async () => {
    const engine = await openNotes()
    await engine.close()
    truncateSync(engine.path, 50)
    await expect(openLibsqlEngine({ path: engine.path })).rejects.toMatchObject(
      unavailable('damaged; restore a backup'),
    )
  })
})

describe('a statement that the database refuses', () => {
  const secret = 'correct horse battery staple'

  const openStrict = async () => {
    const engine = await openNotes()
    await engine.execute(
      `create table people (
        id integer primary key, name text not null unique, age integer check (age > 0),
        note integer references notes (id), unique (age, note)) strict`,
      [],
    )
    await engine.execute(
      `create trigger no_bob before insert on people when new.name = 'bob'
       begin select raise(abort, 'no'); end`,
      [],
    )
    await addNote(engine, 1)
    await engine.execute('insert into people values (1, ?, 1, 1)', [secret])
    return engine
  }

  it.each([
    ['a second row of a unique name', [2, secret, 3, 1], 'conflict', 'same people.name exists'],
    ['a second row of a unique pair', [2, 'a', 1, 1], 'conflict', 'people.age, people.note'],
    ['a second row of a key', [1, 'a', 3, 1], 'conflict', 'same people.id exists'],
    ['a row that refers to none', [2, 'a', 3, 9], 'missing-reference', 'refers to'],
    ['a missing value', [2, null, 3, 1], 'invalid', 'people.name must not be null'],
    ['a value that fails a check', [2, 'a', -1, 1], 'invalid', 'does not fit'],
    ['a value of the wrong type', [2, 'a', secret, 1], 'invalid', 'does not fit'],
    ['a key of the wrong type', [secret, 'a', 3, 1], 'invalid', 'does not fit'],
    ['a row that a trigger refuses', [2, 'bob', 3, 1], 'invalid', 'does not fit'],
  ] as const)('says what is wrong with %s', async (...[, row, code, message]) => {
    const engine = await openStrict()
    const insert = engine.execute('insert into people values (?, ?, ?, ?)', row)
    const error = await insert.catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) })
    expect(String(error)).not.toContain(secret)
    expect(await engine.execute('select count(*) from people', [])).toEqual([[1]])
  })

  it('is `unknown` when it is not SQL, and says nothing of its text', async () => {
    const error = await (
      await openNotes()
    )
      .execute(`insert into nowhere values ('${secret}')`, [])
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'unknown', retryable: false })
    expect(String(error)).not.toMatch(/nowhere|horse/)
  })

  it('is `invalid` when it returns an integer that a number cannot hold', async () => {
    const engine = await openNotes()
    await expect(engine.execute('select ?', [2n ** 60n])).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('store it as text'),
    })
    await addNote(engine, 1)
    expect(await noteIds(engine)).toEqual([1])
  })
})
