// Reads snapshots of the database at argv[2] and throws where one does not agree with itself, or
// misses the last write that the writer of the file argv[3] was told to be done.
import { strictEqual } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from '../../../src/engine.ts'
import { openLibsqlEngine } from '../../../src/libsql/open-libsql-engine.ts'
import { stopSignal } from './stop-signal.ts'

const [, , path = '', outcomes = ''] = process.argv
const engine = await openLibsqlEngine({ path })
const stop = stopSignal()
let snapshots = 0

const state = async (snapshot: Connection): Promise<readonly unknown[] | undefined> => {
  const [row] = await snapshot.execute(
    `select (select sum(balance) from accounts),
      (select batches from counters) - (select count(*) from batches),
      (select items from counters) - (select count(*) from items),
      (select coalesce(sum(size), 0) from batches) - (select count(*) from items),
      (select count(*) from singles), (select count(*) from batches)`,
    [],
  )
  return row
}

const lastAcknowledgedSingle = (): string | undefined => {
  const lines = readFileSync(outcomes, 'utf8').split('\n').slice(0, -1)
  return lines.findLast((line) => line.startsWith('acknowledged single '))?.split(' ')[2]
}

const check = async (snapshot: Connection, expected: string | undefined): Promise<void> => {
  const first = await state(snapshot)
  strictEqual(JSON.stringify(first?.slice(0, 4)), '[1000,0,0,0]')
  await sleep(Math.random() * 5)
  strictEqual(JSON.stringify(await state(snapshot)), JSON.stringify(first))
  if (expected === undefined) return
  const found = await snapshot.execute('select 1 from singles where id = ?', [expected])
  strictEqual(found.length, 1, `${expected} was acknowledged and is not there`)
}

process.send?.('ready')
while (!stop.aborted) {
  const expected = lastAcknowledgedSingle()
  await engine.read((snapshot) => check(snapshot, expected))
  snapshots += 1
}
process.send?.({ snapshots })
await engine.close()
process.disconnect()
