// Opens the database at argv[2] as soon as it is told to, reports what it found, and closes it.
import { once } from 'node:events'
import { openDatabase, parseDatabaseUrl } from '../../src/index.ts'

const [, , url = ''] = process.argv
process.send?.('ready')
await once(process, 'message')
const database = await openDatabase(parseDatabaseUrl(url, {}))
const { migrations } = await database.health()
await database.close()
process.send?.(migrations)
process.disconnect()
