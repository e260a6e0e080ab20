import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Database, newId } from '@athena-memory/db-core'
import { describeEachBackend } from '@athena-memory/testing'
import { sampleMemory, sampleProject } from '@athena-memory/testing/sample-rows'
import { eq, sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { backup, restore, type TransferProgress } from '../src/index.ts'
import { clearRows } from '../src/rows/clear-rows.ts'
import { contentsOf, openEmpty, temporaryFolder } from './places.ts'
import { fillDatabase } from './sample-memory.ts'
import { changeSnapshot, makeSnapshot } from './snapshots.ts'

const target = () => join(temporaryFolder(), 'backup')

/** Everything as the columns hold it, and not only its digest. */
const everything = async ({ query, tables }: Database) => ({
  projects: await query.select().from(tables.projects).orderBy(tables.projects.id),
  memories: await query.select().from(tables.memories).orderBy(tables.memories.id),
  embeddings: await query
    .select({ vector: tables.embeddings.vector, bits: tables.embeddings.bits })
    .from(tables.embeddings)
    .orderBy(tables.embeddings.piece),
})

describeEachBackend('restore', (database, { name }) => {
  it('brings back every value of every column', async () => {
    const rows = await fillDatabase(database())
    const [contents, values] = [await contentsOf(database()), await everything(database())]
    const file = target()
    await backup(database(), file)
    await database().empty()
    expect(await restore(database(), file)).toEqual({ tables: rows })
    expect(await contentsOf(database())).toEqual(contents)
    expect(await everything(database())).toEqual(values)
  })

  it('moves a memory to libSQL and back without loss', async () => {
    const rows = await fillDatabase(database())
    const [contents, values] = [await contentsOf(database()), await everything(database())]
    const [there, back] = [target(), target()]
    await backup(database(), there)
    const other = await openEmpty()
    expect(await restore(other, there)).toEqual({ tables: rows })
    expect(await contentsOf(other)).toEqual(contents)
    expect((await everything(other)).embeddings).toEqual(values.embeddings)
    await backup(other, back)
    await database().empty()
    await restore(database(), back)
    expect(await contentsOf(database())).toEqual(contents)
    expect(await everything(database())).toEqual(values)
  })

  it('brings back nothing as nothing', async () => {
    const file = target()
    await backup(database(), file)
    const { tables } = await restore(database(), file)
    expect(Object.values(tables).every((rows) => rows === 0)).toBe(true)
  })

  it('finds what full text finds', async () => {
    await fillDatabase(database())
    const file = target()
    await backup(database(), file)
    await restore(database(), file, { replace: true })
    const { query, tables } = database()
    const matches =
      name === 'libsql'
        ? sql`row_number in (select rowid from documents_fts where documents_fts match 'words')`
        : sql`terms @@ 'words'::tsquery`
    const found = await query.select().from(tables.documents).where(matches)
    expect(found).toHaveLength(2)
  })

  it('takes new row numbers, and goes on counting after them', async () => {
    await fillDatabase(database())
    const file = target()
    await backup(database(), file)
    await restore(database(), file, { replace: true })
    await fillOneMore(database())
    const { query, tables } = database()
    const numbers = await query
      .select({ number: tables.embeddings.rowNumber })
      .from(tables.embeddings)
    expect(new Set(numbers.map(({ number }) => number)).size).toBe(3)
  })

  const fillOneMore = async ({ query, tables }: Database) => {
    const [embedding] = await query.select().from(tables.embeddings)
    if (!embedding) throw new Error('an embedding was expected')
    const { rowNumber: _, ...values } = embedding
    await query.insert(tables.embeddings).values({ ...values, piece: 99 })
  }

  it('never changes the backup, and leaves nothing beside it', async () => {
    await fillDatabase(database())
    const file = target()
    await backup(database(), file)
    const before = readFileSync(file)
    await restore(database(), file, { replace: true })
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(readdirSync(dirname(file))).toEqual(['backup'])
  })

  it('refuses a database that holds rows, and changes none of them', async () => {
    const file = target()
    await backup(database(), file)
    await fillDatabase(database())
    const before = await contentsOf(database())
    await expect(restore(database(), file)).rejects.toMatchObject({ code: 'not-empty' })
    expect(await contentsOf(database())).toEqual(before)
  })

  it('replaces everything when asked to', async () => {
    await fillDatabase(database())
    const file = target()
    await backup(database(), file)
    const contents = await contentsOf(database())
    const { query, tables } = database()
    await query.delete(tables.memories)
    await query.insert(tables.projects).values(sampleProject('newer than the backup'))
    await query.update(tables.projects).set({ language: 'changed' })
    await restore(database(), file, { replace: true })
    expect(await contentsOf(database())).toEqual(contents)
  })

  it('removes and brings back a long chain of versions, in whatever order of ids', async () => {
    const ids = Array.from({ length: 1200 }, () => newId())
    const project = sampleProject()
    const chain = ids.map((id, at) => ({
      ...sampleMemory(project.id),
      id,
      // Each is replaced by the one before it: the newest version has the smallest id.
      supersededBy: ids[at - 1] ?? null,
    }))
    await database().transaction(async ({ query, tables }) => {
      await query.insert(tables.projects).values(project)
      for (let at = 0; at < chain.length; at += 300) {
        await query.insert(tables.memories).values(chain.slice(at, at + 300))
      }
    })
    const file = target()
    await backup(database(), file)
    const contents = await contentsOf(database())
    await restore(database(), file, { replace: true })
    expect(await contentsOf(database())).toEqual(contents)
    await database().transaction(clearRows)
  })

  it('shows others the old memory or the new one, never a mixture', async () => {
    await fillDatabase(database())
    const file = target()
    await backup(database(), file)
    const restored = await contentsOf(database())
    const { query, tables } = database()
    await query.delete(tables.projects).where(eq(tables.projects.name, 'plain'))
    const old = await contentsOf(database())
    const done = new AbortController()
    const restoring = restore(database(), file, { replace: true }).finally(() => done.abort())
    while (!done.signal.aborted) {
      expect([old, restored]).toContainEqual(await contentsOf(database()))
      // libSQL answers without leaving the event loop, and the restore would never go on.
      await nextTurn()
    }
    await restoring
    expect(await contentsOf(database())).toEqual(restored)
  })

  it('leaves the old memory when it is stopped half way', async () => {
    await fillDatabase(database())
    const file = target()
    await backup(database(), file)
    const { query, tables } = database()
    await query.update(tables.projects).set({ language: 'changed' })
    const old = await contentsOf(database())
    const stop = new AbortController()
    const heard: TransferProgress[] = []
    const restoring = restore(database(), file, {
      replace: true,
      signal: stop.signal,
      onProgress: (progress) => {
        heard.push(progress)
        if (progress.table === 'documents') stop.abort()
      },
    })
    await expect(restoring).rejects.toMatchObject({ name: 'AbortError' })
    expect(heard.length).toBeGreaterThan(1)
    expect(await contentsOf(database())).toEqual(old)
  })

  it('leaves the old memory when the database refuses a row', async () => {
    await fillDatabase(database())
    const twice = await changeSnapshot(await makeSnapshot(database()), ({ rows }) => {
      rows.push(...rows.filter(([table]) => table === 'embedding_spaces'))
    })
    const old = await contentsOf(database())
    await expect(restore(database(), twice, { replace: true })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await contentsOf(database())).toEqual(old)
  })

  it('leaves the old memory when the database does not hold what was written to it', async () => {
    await fillDatabase(database())
    const altered = await changeSnapshot(await makeSnapshot(database()), ({ rows }) => {
      // Databases store text without NUL.
      for (const row of rows.filter(([table]) => table === 'derivations')) row[7] = 'a\0b'
    })
    const old = await contentsOf(database())
    await expect(restore(database(), altered, { replace: true })).rejects.toMatchObject({
      code: 'verification-failed',
      message: expect.stringContaining('derivations'),
    })
    expect(await contentsOf(database())).toEqual(old)
  })

  it('leaves empty what an older backup has not got', async () => {
    await fillDatabase(database())
    const older = await changeSnapshot(await makeSnapshot(database()), (snapshot) => {
      snapshot.header.tables = snapshot.header.tables.filter(
        (table) => table.name !== 'derivations',
      )
      snapshot.rows = snapshot.rows.filter(([table]) => table !== 'derivations')
      const projects = snapshot.header.tables.find((table) => table.name === 'projects')
      const at = projects?.columns.indexOf('path') ?? -1
      projects?.columns.splice(at, 1)
      for (const row of snapshot.rows) if (row[0] === 'projects') row.splice(at + 1, 1)
    })
    const { tables } = await restore(database(), older, { replace: true })
    expect(tables).not.toHaveProperty('derivations')
    const found = await everything(database())
    expect(found.projects.map((project) => project.path)).toEqual([null, null])
    expect((await contentsOf(database()))['derivations']).toBeUndefined()
  })
})
