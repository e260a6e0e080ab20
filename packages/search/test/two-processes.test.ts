import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { backends } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { EXACT_UNTIL } from '../src/vectors/similarity.ts'
import { makeTurns } from './corpus.ts'
import { addProjects, openFilledIndex } from './filled-index.ts'
import { meanings } from './meanings.ts'

const ROUNDS = 1000
const script = fileURLToPath(new URL('workers/write-documents.ts', import.meta.url))

it('sees what another process wrote and erased, by text and by vectors, every time', async () => {
  const database = await backends[0]?.open()
  if (database === undefined) throw new Error('libSQL is always among the backends')
  await addProjects(database, 'here')
  const index = openFilledIndex(database, { embedder: meanings })
  // So many that vectors are found by their codes in memory.
  await openFilledIndex(database).add(...makeTurns(EXACT_UNTIL + 1))
  const writer = fork(script, [database.location], { execArgv: ['--import', 'tsx'] })
  const write = async (content: string) => {
    writer.send(content)
    await once(writer, 'message')
  }
  await once(writer, 'message')
  for (let round = 0; round < ROUNDS; round++) {
    await write(`automobile number${round}`)
    // Shares no word: only vectors can find it.
    expect(await index.find('vehicle'), `round ${round}`).toEqual([`automobile number${round}`])
    expect(await index.find(`number${round}`), `round ${round}`).toHaveLength(1)
    await write('')
    expect(await index.find('vehicle'), `round ${round}`).toEqual([])
  }
  writer.disconnect()
  await once(writer, 'exit')
  await database.close()
}, 240_000)
