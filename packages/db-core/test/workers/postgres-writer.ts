// Writes to the database at argv[2] until told to stop or killed. Every outcome is a line in the
// file argv[3], written after the database answered; argv[4] makes its ids its own.
import { openSync, writeSync } from 'node:fs'
import { sampleMemory, sampleProject } from '@athena-memory/testing/sample-rows'
import { eq, inArray, sql } from 'drizzle-orm'
import { openDatabase, parseDatabaseUrl, StorageError } from '../../src/index.ts'

const [, , url = '', outcomes = '', name = ''] = process.argv
const config = parseDatabaseUrl(url, {
  ATHENA_POSTGRES_MAX_SIZE: '4',
  ATHENA_POSTGRES_ROLE: 'athena_app',
})
const database = await openDatabase(config, { migrate: false })
const { projects, memories } = database.tables
const file = openSync(outcomes, 'a', 0o600)
const state = { isStopping: false, kept: 0 }

class MeantToFail extends Error {}

const random = (below: number): number => Math.floor(Math.random() * below)

/** One statement, in a transaction that nobody wrote. */
const writeSingle = async (id: string): Promise<void> => {
  await database.query.insert(memories).values({ ...sampleMemory('singles', id), id })
}

/** A project and its memories, and a transfer between two of ten accounts: all or nothing. */
const writeBatch = async (id: string): Promise<void> => {
  const size = 1 + random(4)
  const isMeantToFail = random(8) === 0
  const [from, to, amount] = [`account ${random(10)}`, `account ${random(10)}`, random(10)]
  await database.transaction(async ({ query }) => {
    await query.insert(projects).values({ ...sampleProject(id), id, settings: { size } })
    for (let place = 0; place < size; place += 1) {
      await query.insert(memories).values(sampleMemory(id, `${id} ${place}`))
    }
    const add = (change: number) => ({ accessCount: sql`${memories.accessCount} + ${change}` })
    await query.update(memories).set(add(-amount)).where(eq(memories.id, from))
    if (isMeantToFail) throw new MeantToFail()
    await query.update(memories).set(add(amount)).where(eq(memories.id, to))
  })
}

const isThere = async (kind: 'single' | 'batch', id: string): Promise<boolean> => {
  const table = kind === 'single' ? memories : projects
  return (await database.query.$count(table, inArray(table.id, [id]))) === 1
}

const attempt = async (kind: 'single' | 'batch', id: string): Promise<void> => {
  try {
    await (kind === 'single' ? writeSingle(id) : writeBatch(id))
    writeSync(file, `kept ${kind} ${id}\n`)
    state.kept += 1
  } catch (error) {
    if (!StorageError.is(error) && !(error instanceof MeantToFail)) throw error
    const isUnknown = StorageError.is(error) && error.code === 'unknown'
    writeSync(file, `${isUnknown ? 'unknown' : 'refused'} ${kind} ${id}\n`)
    return
  }
  if (!(await isThere(kind, id))) writeSync(file, `unseen ${kind} ${id}\n`)
}

const loop = async (lane: number): Promise<void> => {
  for (let turn = 0; !state.isStopping; turn += 1) {
    await attempt(turn % 2 === 0 ? 'batch' : 'single', `${name}-${lane}-${turn}`)
  }
}

process.on('message', (message) => {
  if (message === 'stop') state.isStopping = true
  else process.send?.(state.kept)
})
process.send?.('ready')
await Promise.all([1, 2, 3].map(loop))
const { status, pool } = await database.health()
await database.close()
process.send?.({ status, pool })
process.disconnect()
