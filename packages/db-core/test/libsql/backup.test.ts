import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { addNote, noteIds, openEngine, openNotes, temporaryFolder } from './temporary-engine.ts'

describe('backup', () => {
  it('copies one committed snapshot while others write', async () => {
    const engine = await openNotes()
    const other = await openEngine({ path: engine.path })
    const target = join(temporaryFolder(), "it's a copy.db")
    await addNote(engine, 1)
    const made = await other.write(async (tx) => {
      await addNote(tx, 2)
      const result = await engine.backup(target)
      await addNote(tx, 3)
      return result
    })
    expect(made).toEqual({ bytes: statSync(target).size })
    expect(statSync(target).mode & 0o777).toBe(0o600)
    expect(readdirSync(dirname(target))).toEqual(["it's a copy.db"])
    const copy = await openEngine({ path: target })
    expect(await noteIds(copy)).toEqual([1])
    expect(await noteIds(engine)).toEqual([1, 2, 3])
  })

  it('keeps full-text indexes and their row ids', async () => {
    const engine = await openNotes()
    await engine.execute(
      `create virtual table words using fts5 (body, content = '', contentless_delete = 1)`,
      [],
    )
    await engine.execute(`insert into words (rowid, body) values (7, 'red fox')`, [])
    const target = join(temporaryFolder(), 'copy.db')
    await engine.backup(target)
    const copy = await openEngine({ path: target })
    const sql = `select rowid from words where words match 'fox'`
    expect(await copy.execute(sql, [])).toEqual([[7]])
  })

  it('refuses a target that exists and leaves it as it was', async () => {
    const engine = await openNotes()
    const target = join(temporaryFolder(), 'precious.txt')
    writeFileSync(target, 'precious')
    await expect(engine.backup(target)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('exists already'),
    })
    expect(readFileSync(target, 'utf8')).toBe('precious')
  })

  it('does not make a database where the file was removed', async () => {
    const engine = await openNotes()
    rmSync(engine.path)
    const target = join(temporaryFolder(), 'copy.db')
    await expect(engine.backup(target)).rejects.toMatchObject({ code: 'unavailable' })
    expect([existsSync(engine.path), existsSync(target)]).toEqual([false, false])
  })

  it('leaves nothing behind when it fails', async () => {
    const engine = await openNotes()
    for (let id = 1; id <= 20; id += 1) {
      await engine.execute('insert into notes values (?, ?)', [id, 'x'.repeat(3000)])
    }
    await engine.close()
    const bytes = readFileSync(engine.path)
    writeFileSync(engine.path, bytes.fill(0xa5, 8192))
    const damaged = await openEngine({ path: engine.path })
    const folder = temporaryFolder()
    await expect(damaged.backup(join(folder, 'copy.db'))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('damaged'),
    })
    expect(readdirSync(folder)).toEqual([])
  })

  it('refuses a directory that does not exist', async () => {
    const engine = await openNotes()
    const target = join(temporaryFolder(), 'none', 'copy.db')
    await expect(engine.backup(target)).rejects.toMatchObject({ code: 'unavailable' })
    expect(existsSync(dirname(target))).toBe(false)
  })
})
