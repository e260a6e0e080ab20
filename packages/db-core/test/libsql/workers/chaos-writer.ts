// Writes to the database at argv[2] until told to stop or killed. Every outcome is a line in the
// file argv[3], written after the database answered: a write() that returned survives kill -9.
import { openSync, readdirSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { openLibsqlEngine } from '../../../src/libsql/open-libsql-engine.ts'
import { StorageError } from '../../../src/storage-error.ts'
import { measureBlocking } from './measure-blocking.ts'
import { stopSignal } from './stop-signal.ts'

const [, , path = '', outcomes = '', name = ''] = process.argv
const blocking = measureBlocking()
const engine = await openLibsqlEngine({ path })
const file = openSync(outcomes, 'a', 0o600)
const stop = stopSignal()
let acknowledged = 0

const random = (below: number): number => Math.floor(Math.random() * below)
const mostlyAtOnce = () => (random(4) === 0 ? sleep(random(3)) : undefined)

const writeSingle = async (id: string): Promise<void> => {
  await engine.execute('insert into singles (id) values (?)', [id])
}

/** A batch, its items, a counter and a transfer: several tables that must agree. */
const writeBatch = async (id: string): Promise<void> => {
  const size = 1 + random(5)
  const isMeantToFail = random(8) === 0
  await engine.write(async (tx) => {
    await tx.execute('insert into batches (id, size) values (?, ?)', [id, size])
    for (let position = 0; position < size; position += 1) {
      await tx.execute('insert into items (batch, position) values (?, ?)', [id, position])
      await mostlyAtOnce()
    }
    await tx.execute('update counters set batches = batches + 1, items = items + ?', [size])
    if (isMeantToFail) throw new Error('meant to fail')
    const amount = random(10)
    await tx.execute('update accounts set balance = balance - ? where id = ?', [amount, random(10)])
    await mostlyAtOnce()
    await tx.execute('update accounts set balance = balance + ? where id = ?', [amount, random(10)])
  })
}

const attempt = async (kind: 'single' | 'batch', id: string): Promise<void> => {
  try {
    await (kind === 'single' ? writeSingle(id) : writeBatch(id))
    writeSync(file, `acknowledged ${kind} ${id}\n`)
    acknowledged += 1
  } catch (error) {
    const isExpected = StorageError.is(error)
      ? error.code === 'busy'
      : error instanceof Error && error.message === 'meant to fail'
    if (!isExpected) throw error
    writeSync(file, `rejected ${kind} ${id}\n`)
  }
}

const openFiles = (): number =>
  process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0

/** Connections that were replaced close when the driver's objects are collected. */
const collectGarbage = async (): Promise<void> => {
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.()
    await sleep(10)
  }
}

const openFilesBefore = openFiles()
let openFilesMost = openFilesBefore

const loop = async (lane: number): Promise<void> => {
  for (let turn = 0; !stop.aborted; turn += 1) {
    await attempt(turn % 3 === 0 ? 'batch' : 'single', `${name}-${lane}-${turn}`)
    await mostlyAtOnce()
    if (turn % 50 === 0) openFilesMost = Math.max(openFilesMost, openFiles())
  }
}

process.send?.('ready')
await Promise.all([1, 2, 3].map(loop))
await collectGarbage()
process.send?.({
  acknowledged,
  blocking: blocking(),
  openFiles: { before: openFilesBefore, most: openFilesMost, after: openFiles() },
})
await engine.close()
process.disconnect()
