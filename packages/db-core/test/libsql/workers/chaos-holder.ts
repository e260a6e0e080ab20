// Takes the write lock of the database at argv[2] again and again and keeps it for random spans.
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'
import { stopSignal } from './stop-signal.ts'

const [, , path = ''] = process.argv
const client = createClient({ url: pathToFileURL(path).href })
const stop = stopSignal()
process.send?.('ready')
while (!stop.aborted) {
  try {
    await client.executeMultiple('begin immediate; rollback')
    const transaction = await client.transaction('write')
    await transaction.execute(`insert into singles (id) values ('held')`)
    await sleep(Math.random() * 150)
    await transaction.rollback()
    await sleep(Math.random() * 150)
  } catch {
    client.reconnect()
    await sleep(Math.random() * 5)
  }
}
process.disconnect()
