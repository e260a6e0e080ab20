import { EventEmitter, once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPatience } from '../../src/libsql/patience.ts'
import { StorageError } from '../../src/storage-error.ts'
import { watchEventLoop } from './blocked-time.ts'
import { startWorker } from './start-worker.ts'
import { addNote, noteIds, openEngine, openNotes } from './temporary-engine.ts'

const seenFromOutside = async (path: string): Promise<unknown[]> => {
  const client = createClient({ url: pathToFileURL(path).href })
  const { rows } = await client.execute('select id from notes order by id')
  client.close()
  return rows.map((row) => row[0])
}

/** Holds the write lock through another engine until the returned function is called. */
const holdLock = async (path: string): Promise<() => Promise<void>> => {
  const holder = await openEngine({ path })
  const signals = new EventEmitter()
  const begun = once(signals, 'begun')
  const released = once(signals, 'released')
  const held = holder.write(async () => {
    signals.emit('begun')
    await released
  })
  onTestFinished(() => void signals.emit('released'))
  await begun
  return () => {
    signals.emit('released')
    return held
  }
}

describe('a lock that another process holds', () => {
  it('is waited for without blocking the event loop', async () => {
    const engine = await openNotes()
    const holder = startWorker('hold-lock', [engine.path, '1000'])
    expect(await holder.message()).toBe('held')
    let hasHolderEnded = false
    const ended = holder.ended.then((end) => {
      hasHolderEnded = true
      return end
    })
    const longestBlockMs = watchEventLoop()
    const write = engine.write(async (tx) => {
      const ms = longestBlockMs()
      await addNote(tx, 1)
      return ms
    })
    // Reads go on meanwhile.
    expect(await noteIds(engine)).toEqual([])
    expect(hasHolderEnded).toBe(false)
    expect(await write).toBeLessThan(50)
    expect(await ended).toMatchObject({ code: 0 })
    expect(await seenFromOutside(engine.path)).toEqual([1])
  })

  it('is freed by killing its holder', async () => {
    const engine = await openNotes()
    const holder = startWorker('hold-lock', [engine.path, '60000'])
    await holder.message()
    const write = addNote(engine, 1)
    holder.kill()
    await write
    expect(await seenFromOutside(engine.path)).toEqual([1])
  })

  it('is waited for by overlapping writes in the order of the calls', async () => {
    const engine = await openNotes()
    const release = await holdLock(engine.path)
    const ids = Array.from({ length: 30 }, (_, index) => index + 1)
    const order: number[] = []
    const writes = ids.map((id) => addNote(engine, id).then(() => order.push(id)))
    await sleep(50)
    expect(order).toEqual([])
    await release()
    await Promise.all(writes)
    expect(order).toEqual(ids)
  })

  it('makes a write give up with `busy` at its deadline, before its work ran', async () => {
    const engine = await openNotes({ busyDeadlineMs: 60 })
    const release = await holdLock(engine.path)
    let runs = 0
    const write = engine.write(async () => {
      runs += 1
    })
    await expect(write).rejects.toMatchObject({
      code: 'busy',
      retryable: true,
      message: expect.stringContaining('60 ms'),
    })
    expect(runs).toBe(0)
    await release()
    await addNote(engine, 1)
    expect(await seenFromOutside(engine.path)).toEqual([1])
  })
})

describe('patience', () => {
  const refusal = { busy: new StorageError('busy') }

  it('is shared: behind a lock that stays held, those who waited as long try once more', async () => {
    const patience = createPatience(40)
    const calledAt = performance.now()
    let attempts = 0
    const attempt = async () => {
      attempts += 1
      return refusal
    }
    await expect(patience(attempt, calledAt)).rejects.toMatchObject({ code: 'busy' })
    attempts = 0
    await expect(patience(attempt, calledAt)).rejects.toMatchObject({ code: 'busy' })
    expect(attempts).toBe(1)
  })

  it('does not count the time in which those before got the lock', async () => {
    const patience = createPatience(1000)
    const longAgo = performance.now() - 60_000
    const answers = [refusal, { value: 'mine' }]
    const attempt = async () => answers.shift() ?? refusal
    expect(await patience(attempt, longAgo)).toBe('mine')
  })

  it.each([
    ['got it', async () => ({ value: 'first' })],
    ['got it and then failed', () => Promise.reject(new Error('of the work'))],
  ])('begins anew after somebody %s', async (_, succeed) => {
    const patience = createPatience(40)
    const longAgo = performance.now() - 60_000
    const first = [async () => refusal, succeed]
    await patience(() => (first.shift() ?? succeed)(), longAgo).catch(() => undefined)
    await sleep(60)
    const second = [refusal, { value: 'second' }]
    expect(await patience(async () => second.shift() ?? refusal, longAgo)).toBe('second')
  })
})

describe('a lock that is lost after all', () => {
  // A prepared statement that meets SQLITE_BUSY stays in progress inside the driver: later writes on
  // that connection resolve and are never committed (https://github.com/tursodatabase/libsql-client-ts/issues/352).
  it('while it was being taken costs neither the connection nor a write', async () => {
    const engine = await openNotes()
    const rival = createClient({ url: pathToFileURL(engine.path).href })
    for (const id of [1, 2, 3]) {
      const held = await rival.transaction('write')
      setTimeout(() => held.close(), 60)
      await engine.write((tx) => addNote(tx, id))
      expect(await seenFromOutside(engine.path)).toHaveLength(id)
    }
    rival.close()
  })

  it('inside the work makes all of it run again, even where the work hid it', async () => {
    const engine = await openNotes()
    let runs = 0
    await engine.write(async (tx) => {
      runs += 1
      await addNote(tx, runs)
      // SQLite answers SQLITE_LOCKED to a checkpoint inside a transaction.
      if (runs < 3) await tx.execute('pragma wal_checkpoint', []).catch(() => undefined)
    })
    expect(runs).toBe(3)
    expect(await seenFromOutside(engine.path)).toEqual([3])
    expect(await engine.write((tx) => tx.execute('pragma foreign_keys', []))).toEqual([[1]])
  })
})
