// Takes the write lock of the database at argv[2], says so, and keeps it for argv[3] milliseconds.
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'

const [, , path = '', holdMs = '0'] = process.argv
const client = createClient({ url: pathToFileURL(path).href, timeout: 5000 })
const transaction = await client.transaction('write')
process.send?.('held')
await sleep(Number(holdMs))
await transaction.rollback()
process.disconnect()
