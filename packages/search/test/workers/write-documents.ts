import { openLibsql } from '@athena-memory/db-core/libsql'
import { openFilledIndex } from '../filled-index.ts'
import { meanings } from '../meanings.ts'

// Writes each text it is sent as the one document `it` of the file, or erases it for an empty one.
const database = await openLibsql({
  type: 'sqlite',
  path: process.argv[2] ?? '',
  tenantId: 'default',
})
const index = openFilledIndex(database, { embedder: meanings })

process.on('message', async (content: string) => {
  if (content === '') {
    await database.transaction((tx) => index.remove(tx, { layer: 'semantic', sourceIds: ['it'] }))
  } else {
    await index.add({ sourceId: 'it', content })
  }
  process.send?.('done')
})
process.on('disconnect', () => void database.close())
process.send?.('ready')
