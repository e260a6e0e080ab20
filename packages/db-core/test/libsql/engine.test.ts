import { copyFileSync, existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'
import { describe, expect, it } from 'vitest'
import { openLibsqlEngine } from '../../src/libsql/open-libsql-engine.ts'
import { addNote, noteIds, openEngine, openNotes, temporaryFolder } from './temporary-engine.ts'

describe('opening', () => {
  it('creates the file, for its owner only, and the directories above it', async () => {
    const path = join(temporaryFolder(), 'a b', 'c%20?d#é', 'memory.db')
    const engine = await openEngine({ path })
    await engine.execute('create table notes (id integer)', [])
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(`${path}-wal`).mode & 0o777).toBe(0o600)
  })

  it('runs in WAL mode with foreign keys and full durability, on every connection', async () => {
    const engine = await openNotes()
    const settings = async (run: typeof engine.write) =>
      run(async (connection) => [
        await connection.execute('pragma journal_mode', []),
        await connection.execute('pragma foreign_keys', []),
        await connection.execute('pragma query_only', []),
      ])
    expect(await engine.write((tx) => tx.execute('pragma synchronous', []))).toEqual([[2]])
    expect(await settings(engine.write)).toEqual([[['wal']], [[1]], [[0]]])
    for (const each of await Promise.all([1, 2, 3, 4].map(() => settings(engine.read)))) {
      expect(each).toEqual([[['wal']], [[1]], [[1]]])
    }
  })

  it('says which version of SQLite it is', async () => {
    expect(await (await openNotes()).version()).toMatch(/^SQLite 3\.\d+\.\d+$/)
  })

  it.each([{ readers: 0 }, { readers: 1.5 }, { busyDeadlineMs: -1 }])(
    'refuses %o by name',
    async (options) => {
      const path = join(temporaryFolder(), 'memory.db')
      await expect(openLibsqlEngine({ path, ...options })).rejects.toThrow(
        `${Object.keys(options)[0]} must be an integer`,
      )
      expect(existsSync(path)).toBe(false)
    },
  )
})

describe('write', () => {
  it('commits all statements of the work and returns what it returned', async () => {
    const engine = await openNotes()
    const result = await engine.write(async (tx) => {
      await addNote(tx, 1)
      await addNote(tx, 2)
      return 'done'
    })
    expect(result).toBe('done')
    expect(await noteIds(engine)).toEqual([1, 2])
  })

  it('rolls back and throws what the work threw', async () => {
    const engine = await openNotes()
    const mistake = new TypeError('mine')
    await expect(
      engine.write(async (tx) => {
        await addNote(tx, 1)
        throw mistake
      }),
    ).rejects.toBe(mistake)
    expect(await noteIds(engine)).toEqual([])
  })

  it('rolls back after a refused statement and stays usable', async () => {
    const engine = await openNotes()
    await expect(
      engine.write(async (tx) => {
        await addNote(tx, 1)
        await addNote(tx, 1)
      }),
    ).rejects.toMatchObject({ code: 'conflict' })
    await addNote(engine, 2)
    expect(await noteIds(engine)).toEqual([2])
  })

  it('rolls back when the commit is refused', async () => {
    const engine = await openNotes()
    await engine.execute(
      'create table tags (note integer references notes (id) deferrable initially deferred)',
      [],
    )
    await expect(engine.execute('insert into tags values (7)', [])).rejects.toMatchObject({
      code: 'missing-reference',
    })
    expect(await engine.execute('select * from tags', [])).toEqual([])
    await addNote(engine, 1)
    expect(await noteIds(engine)).toEqual([1])
  })

  it('keeps a hundred overlapping calls apart and in the order of the calls', async () => {
    const engine = await openNotes()
    const ids = Array.from({ length: 100 }, (_, index) => index + 1)
    let running = 0
    const order: number[] = []
    const largest = await Promise.all(
      ids.map((id) =>
        engine.write(async (tx) => {
          running += 1
          const seen = running
          order.push(id)
          await addNote(tx, id)
          await sleep(id % 3)
          running -= 1
          return seen
        }),
      ),
    )
    expect(Math.max(...largest)).toBe(1)
    expect(order).toEqual(ids)
    expect(await noteIds(engine)).toEqual(ids)
  })

  it('refuses a statement that comes after the transaction is over', async () => {
    const engine = await openNotes()
    const leaked = await engine.write(async (tx) => tx)
    await expect(addNote(leaked, 1)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('await every statement'),
    })
    expect(await noteIds(engine)).toEqual([])
  })

  it('does not commit after a statement that ended the transaction by itself', async () => {
    const engine = await openNotes()
    await engine.execute('create table odd (id integer primary key on conflict rollback)', [])
    await expect(
      engine.write(async (tx) => {
        await addNote(tx, 1)
        await tx.execute('insert into odd values (1)', [])
        await tx.execute('insert into odd values (1)', []).catch(() => undefined)
      }),
    ).rejects.toMatchObject({ code: 'invalid' })
    expect(await noteIds(engine)).toEqual([])
  })
})

describe('a statement that is run again', () => {
  it('has the values that it is given now, and no others', async () => {
    const engine = await openNotes()
    await engine.write(async (tx) => {
      expect(await tx.execute('select ?, ?', [1, 'b'])).toEqual([[1, 'b']])
      expect(await tx.execute('select ?, ?', [2])).toEqual([[2, null]])
      expect(await tx.execute('select ?, ?', [3, 'd'])).toEqual([[3, 'd']])
    })
  })

  it('sees the tables as they are now', async () => {
    const engine = await openNotes()
    await addNote(engine, 1)
    expect(await engine.execute('select * from notes', [])).toEqual([[1, 'note 1']])
    await engine.execute('alter table notes add column colour text', [])
    expect(await engine.execute('select * from notes', [])).toEqual([[1, 'note 1', null]])
  })

  it('goes on after it failed', async () => {
    const engine = await openNotes()
    for (const id of [1, 2]) {
      await addNote(engine, id)
      await expect(addNote(engine, id)).rejects.toMatchObject({ code: 'conflict' })
    }
    expect(await noteIds(engine)).toEqual([1, 2])
  })

  it('says how many rows it changed in all, without those of triggers', async () => {
    const engine = await openNotes()
    await engine.execute('create table log (id integer)', [])
    const insertBoth = 'insert into log values (new.id), (new.id)'
    await engine.execute(`create trigger t after insert on notes begin ${insertBoth}; end`, [])
    const insert = "insert into notes values (?, 'a'), (?, 'b') on conflict do nothing"
    const lists = [
      [1, 2],
      [2, 3],
      [1, 3],
    ]
    expect(await engine.write(async (tx) => tx.changeEach?.(insert, lists))).toBe(3)
    expect(await noteIds(engine)).toEqual([1, 2, 3])
  })
})

describe('read', () => {
  it('sees one snapshot, taken before the first statement of the work', async () => {
    const engine = await openNotes()
    await addNote(engine, 1)
    await engine.read(async (snapshot) => {
      await addNote(engine, 2)
      expect(await noteIds(snapshot)).toEqual([1])
      await addNote(engine, 3)
      expect(await noteIds(snapshot)).toEqual([1])
    })
    expect(await engine.read(noteIds)).toEqual([1, 2, 3])
  })

  it('sees at once what was acknowledged before, also by another engine', async () => {
    const engine = await openNotes()
    const other = await openEngine({ path: engine.path })
    for (let id = 1; id <= 50; id += 1) {
      await addNote(id % 2 === 0 ? engine : other, id)
      expect(await noteIds(id % 3 === 0 ? engine : other)).toHaveLength(id)
    }
  })

  it('refuses to write, and leaves its connection usable', async () => {
    const engine = await openNotes({ readers: 1 })
    await expect(engine.read((snapshot) => addNote(snapshot, 1))).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('write inside a transaction'),
    })
    expect(await engine.read(noteIds)).toEqual([])
  })

  it('throws what the work threw', async () => {
    const mistake = new TypeError('mine')
    await expect((await openNotes()).read(() => Promise.reject(mistake))).rejects.toBe(mistake)
  })

  it('lets as many read as there are readers, and the others wait their turn', async () => {
    const engine = await openNotes({ readers: 2 })
    const order: number[] = []
    const reads = [1, 2, 3, 4, 5].map((id) =>
      engine.read(async () => {
        order.push(id)
        await sleep(5)
      }),
    )
    await sleep(1)
    expect(engine.poolStats()).toEqual({
      size: 3,
      inFlight: 2,
      waiting: 3,
      max: 3,
      utilisation: 2 / 3,
    })
    await Promise.all(reads)
    expect(order).toEqual([1, 2, 3, 4, 5])
    expect(engine.poolStats()).toMatchObject({ size: 3, inFlight: 0, waiting: 0, utilisation: 0 })
  })
})

describe('execute', () => {
  it('commits an insert that returns rows', async () => {
    const engine = await openNotes()
    const sql = 'insert into notes (id, body) values (?, ?) returning id, body'
    expect(await engine.execute(sql, [1, 'one'])).toEqual([[1, 'one']])
    const outside = createClient({ url: pathToFileURL(engine.path).href })
    expect((await outside.execute('select count(*) from notes')).rows[0]?.[0]).toBe(1)
    outside.close()
  })

  it('commits an insert behind a common table expression', async () => {
    const engine = await openNotes()
    await engine.execute(
      `/* select */ with new (id) as (values (1), (2)) insert into notes select id, 'x' from new`,
      [],
    )
    expect(await noteIds(engine)).toEqual([1, 2])
  })

  it('reads while a transaction is open', async () => {
    const engine = await openNotes()
    await engine.write(async (tx) => {
      await addNote(tx, 1)
      expect(await noteIds(engine)).toEqual([])
      expect(await noteIds(tx)).toEqual([1])
    })
  })

  it('refuses a second statement, which the driver would drop', async () => {
    const engine = await openNotes()
    await expect(
      engine.execute(`insert into notes values (1, 'a'); insert into notes values (2, 'b')`, []),
    ).rejects.toMatchObject({ code: 'invalid' })
    expect(await noteIds(engine)).toEqual([])
  })
})

describe('close', () => {
  it('serves the calls made before it and refuses later ones', async () => {
    const engine = await openNotes()
    const writes = [1, 2, 3].map((id) => addNote(engine, id))
    const read = engine.read(async (snapshot) => {
      await sleep(20)
      return noteIds(snapshot)
    })
    const closing = engine.close()
    const late = [addNote(engine, 4), noteIds(engine), engine.write(async () => 1)]
    for (const each of late) await expect(each).rejects.toMatchObject({ code: 'unavailable' })
    await Promise.all([...writes, read])
    await closing
    await engine.close()
    expect(engine.poolStats()).toMatchObject({ size: 0, inFlight: 0, utilisation: 0 })
    expect(await noteIds(await openEngine({ path: engine.path }))).toEqual([1, 2, 3])
  })

  it('leaves the whole database in the one file', async () => {
    const engine = await openNotes()
    await addNote(engine, 1)
    await engine.close()
    const copy = join(temporaryFolder(), 'copy.db')
    copyFileSync(engine.path, copy)
    expect(await noteIds(await openEngine({ path: copy }))).toEqual([1])
  })
})
