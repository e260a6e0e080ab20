import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { openDatabase } from '@athena-memory/db-core'
import { describeEachBackend, describeEachPostgres } from '@athena-memory/testing'
import { sampleDocument, sampleMemory, sampleProject } from '@athena-memory/testing/sample-rows'
import { createClient } from '@libsql/client'
import { expect, it } from 'vitest'
import { backup, restore, type TransferProgress } from '../src/index.ts'
import { contentsOf, temporaryFolder } from './places.ts'
import { fillDatabase } from './sample-memory.ts'

describeEachBackend('backup', (database, { name }) => {
  const target = () => join(temporaryFolder(), "it's a backup")

  it('says what it wrote: one private file', async () => {
    const rows = await fillDatabase(database())
    const path = target()
    const report = await backup(database(), path)
    const bytes = readFileSync(path)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect(report).toEqual({ path, bytes: bytes.length, tables: rows, sha256 })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(dirname(path))).toEqual(["it's a backup"])
  })

  it('of an empty database names every table', async () => {
    const { tables } = await backup(database(), target())
    expect(Object.values(tables)).toEqual(Object.values(database().tables).map(() => 0))
  })

  it('holds one moment while others write', async () => {
    const project = sampleProject()
    const { query, tables } = database()
    await query.insert(tables.projects).values(project)
    const stop = new AbortController()
    const writing = addPairs(project.id, stop.signal)
    try {
      for (let round = 0; round < 3; round += 1) {
        const found = (await backup(database(), target())).tables
        expect(found['memories']).toBe(found['documents'])
      }
    } finally {
      stop.abort()
    }
    await expect(writing).resolves.toBeGreaterThan(3)
  })

  /** Adds memories with their documents until told to stop, and answers how many. */
  const addPairs = async (projectId: string, stop: AbortSignal): Promise<number> => {
    let pairs = 0
    for (; !stop.aborted; pairs += 1) {
      await database().transaction(async ({ query, tables }) => {
        await query.insert(tables.memories).values(sampleMemory(projectId))
        await query.insert(tables.documents).values(sampleDocument(projectId))
      })
      // libSQL answers without leaving the event loop, and nobody else would get a turn.
      await nextTurn()
    }
    return pairs
  }

  it('refuses a path where something is, and leaves it as it was', async () => {
    const path = target()
    writeFileSync(path, 'precious')
    await expect(backup(database(), path)).rejects.toMatchObject({
      code: 'exists',
      message: expect.stringContaining(path),
    })
    expect(readFileSync(path, 'utf8')).toBe('precious')
    mkdirSync(`${path} too`)
    await expect(backup(database(), `${path} too`)).rejects.toMatchObject({ code: 'exists' })
    expect(readdirSync(dirname(path))).toHaveLength(2)
  })

  it('refuses a folder that does not exist', async () => {
    const path = join(temporaryFolder(), 'none', 'backup')
    await expect(backup(database(), path)).rejects.toMatchObject({ code: 'not-writable' })
  })

  it('tells how far it is, up to the last row of each table', async () => {
    const rows = await fillDatabase(database())
    const heard: TransferProgress[] = []
    await backup(database(), target(), { onProgress: (progress) => heard.push(progress) })
    const ends = Object.entries(rows).map(([table, count]) => ({
      table,
      done: count,
      total: count,
    }))
    expect(heard).toHaveLength(ends.length)
    expect(heard).toEqual(expect.arrayContaining(ends))
  })

  it('stops when told to and leaves nothing behind', async () => {
    await fillDatabase(database())
    const path = target()
    const stop = new AbortController()
    const stopping = backup(database(), path, {
      onProgress: () => stop.abort(),
      signal: stop.signal,
    })
    await expect(stopping).rejects.toMatchObject({ name: 'AbortError' })
    expect(readdirSync(dirname(path))).toEqual([])
    await expect(backup(database(), path)).resolves.toMatchObject({ path })
  })

  it.runIf(name === 'libsql')('is a database that SQLite finds sound', async () => {
    await fillDatabase(database())
    const path = target()
    await backup(database(), path)
    const client = createClient({ url: pathToFileURL(path).href })
    expect((await client.execute('pragma integrity_check')).rows[0]?.[0]).toBe('ok')
    expect((await client.execute('select count(*) from memories')).rows[0]?.[0]).toBe(3)
    client.close()
  })

  it.runIf(name === 'libsql')('is a database that Athena can go on with', async () => {
    await fillDatabase(database())
    const path = target()
    await backup(database(), path)
    const opened = await openDatabase({ type: 'sqlite', path, tenantId: 'default' })
    await opened.query.insert(opened.tables.projects).values(sampleProject('one more'))
    expect(await opened.integrityCheck?.()).toEqual([])
    await opened.close()
    const again = await openDatabase({ type: 'sqlite', path, tenantId: 'default' })
    expect((await contentsOf(again))['projects']?.rows).toBe(3)
    await again.close()
  })

  it.runIf(name !== 'libsql')('is a gzip file of one JSON line for each row', async () => {
    const rows = await fillDatabase(database())
    const path = target()
    await backup(database(), path)
    const lines = gunzipSync(readFileSync(path)).toString().trimEnd().split('\n')
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0)
    expect(lines).toHaveLength(total + 2)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ format: 'athena-snapshot', version: 1 })
  })
})

describeEachPostgres('a backup of one tenant', (database) => {
  it('holds no rows of another, and replaces none of them', async () => {
    const [mine, theirs] = [database(), await database().forTenant('other')]
    await fillDatabase(mine)
    const { query, tables } = theirs
    await query.insert(tables.projects).values(sampleProject('theirs'))
    const before = await contentsOf(theirs)
    const path = join(temporaryFolder(), 'backup')
    expect((await backup(mine, path)).tables['projects']).toBe(2)
    await restore(mine, path, { replace: true })
    expect(await contentsOf(theirs)).toEqual(before)
  })

  it('becomes the memory of the tenant who restores it', async () => {
    await fillDatabase(database())
    const path = join(temporaryFolder(), 'backup')
    await backup(database(), path)
    const other = await database().forTenant('other')
    await restore(other, path)
    expect(await contentsOf(other)).toEqual(await contentsOf(database()))
  })
})
