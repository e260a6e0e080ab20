import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { backends, type TestDatabase } from '@athena-memory/testing'
import { sampleProject } from '@athena-memory/testing/sample-rows'
import { asc, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { type Database, openDatabase, parseDatabaseUrl, StorageError } from '../src/index.ts'

const add = async ({ query, tables }: Database, name: string) => {
  await query.insert(tables.projects).values(sampleProject(name))
}

const names = async ({ query, tables }: Database): Promise<string[]> => {
  const { projects } = tables
  const rows = await query
    .select({ name: projects.name })
    .from(projects)
    .orderBy(asc(projects.name))
  return rows.map(({ name }) => name)
}

const backendOf = async ({ query }: Database): Promise<number> => {
  const [row] = await query
    .select({ pid: sql`pg_backend_pid()`.mapWith(Number) })
    .from(sql`(values (1)) as one`)
  return row?.pid ?? 0
}

// A PGlite has no connection that could be lost.
const server = backends.find(({ name }) => name === 'postgres')

describe.runIf(server)('a transaction that loses its connection', () => {
  let opened: TestDatabase | undefined
  const database = () => {
    if (!opened) throw new Error('The database is there inside tests only.')
    return opened
  }
  beforeAll(async () => {
    opened = await server?.open()
  })
  beforeEach(() => database().empty())
  afterAll(() => opened?.close())

  /** Ends the connection of `db` and waits until it is gone. */
  const cut = async (db: Database) => {
    const pid = await backendOf(db)
    await database().executeAsOwner('select pg_terminate_backend($1::text::int, 5000)', [pid])
  }

  it('between two statements runs again, and keeps everything once', async () => {
    let runs = 0
    await database().transaction(async (tx) => {
      await add(tx, 'first')
      if ((runs += 1) === 1) await cut(tx)
      await add(tx, 'second')
    })
    expect(runs).toBe(2)
    expect(await names(database())).toEqual(['first', 'second'])
  })

  it('before its commit runs again', async () => {
    let runs = 0
    await database().transaction(async (tx) => {
      await add(tx, 'only')
      if ((runs += 1) > 1) return
      const { size } = database().poolStats()
      await cut(tx)
      // A commit that is sent before the loss is noticed would be `unknown`.
      while (database().poolStats().size === size) await sleep(1)
    })
    expect([runs, await names(database())]).toEqual([2, ['only']])
  })

  it('runs again even if its work made another error of that', async () => {
    let runs = 0
    await database().transaction(async (tx) => {
      runs += 1
      if (runs === 1) await cut(tx)
      await add(tx, 'only').catch((cause: unknown) => {
        throw new Error('mine', { cause })
      })
    })
    expect([runs, await names(database())]).toEqual([2, ['only']])
  })

  it('sends nothing to the next connection, whoever uses that', async () => {
    const others = Array.from({ length: 20 }, (_, place) => `other ${place}`)
    await Promise.all([
      ...others.map((other) => database().transaction((tx) => add(tx, other))),
      database()
        .transaction(async (tx) => {
          await add(tx, 'lost')
          await cut(tx)
          await Promise.allSettled([add(tx, 'stray 1'), add(tx, 'stray 2'), add(tx, 'stray 3')])
          throw new Error('mine')
        })
        .catch((error: unknown) => error),
    ])
    expect(await names(database())).toEqual(others.toSorted())
  })

  it('leaves a pool that works on', async () => {
    for (let round = 0; round < 5; round += 1) {
      const error = await database()
        .transaction(async (tx) => {
          await cut(tx)
          throw new Error('mine')
        })
        .catch((reason: unknown) => reason)
      expect(StorageError.is(error)).toBe(false)
    }
    await Promise.all(Array.from({ length: 30 }, () => names(database())))
    expect(database().poolStats()).toMatchObject({ inFlight: 0, waiting: 0 })
  })

  it('is not at the mercy of what was prepared before a table changed', async () => {
    const asOwner = (text: string) => database().executeAsOwner(text)
    await asOwner('create table changing as select 1 as value')
    onTestFinished(async () => void (await asOwner('drop table changing')))
    await asOwner('grant select on changing to public')
    const read = () => database().read(({ query }) => query.select(value).from(sql`changing`))
    const value = { value: sql`value` }
    expect(await read()).toEqual([{ value: 1 }])
    await asOwner('alter table changing alter value type text')
    expect(await read()).toEqual([{ value: '1' }])
  })
})

/** A server that has no encryption, whatever the one behind it has. */
const withoutEncryption = async (address: URL): Promise<URL> => {
  const front = createServer((client) => {
    const behind = connect(Number(address.port || 5432), address.hostname)
    const pass = (first: Buffer) => {
      // SSLRequest of the protocol: its length and its code.
      if (first.length !== 8) return behind.write(first)
      client.write('N')
      return client.once('data', pass)
    }
    client.once('data', pass)
    behind.once('data', (answer) => {
      client.write(answer)
      client.pipe(behind).pipe(client)
    })
    client.on('error', () => undefined).on('close', () => behind.destroy())
    behind.on('error', () => undefined).on('close', () => client.destroy())
  }).listen(0, '127.0.0.1')
  await once(front, 'listening')
  onTestFinished(() => void front.close())
  const own = front.address()
  const port = typeof own === 'object' ? own?.port : undefined
  return Object.assign(new URL(address), { host: `127.0.0.1:${port}` })
}

describe.runIf(server)('an address', () => {
  const address = () => new URL(process.env['ATHENA_TEST_POSTGRES_URL'] ?? '')
  const open = (url: URL) =>
    openDatabase(parseDatabaseUrl(url.href, { ATHENA_TENANT_ID: 'ours' }), { migrate: false })

  it.each(['prefer', 'allow', 'disable'])(
    'reaches a plain server with sslmode=%s',
    async (mode) => {
      const url = await withoutEncryption(address())
      url.searchParams.set('sslmode', mode)
      const database = await open(url)
      expect(database.poolStats().size).toBeGreaterThan(0)
      await database.close()
    },
  )

  it('is refused at once where a server lacks the encryption that it asks for', async () => {
    const url = await withoutEncryption(address())
    url.searchParams.set('sslmode', 'require')
    await expect(open(url)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('sslmode'),
    })
  })

  it('that was closed is not connected to again, not even by what was under way', async () => {
    const database = await open(address())
    const select = (value: ReturnType<typeof sql>) =>
      database.query.select({ value }).from(sql`(values (1)) as one`)
    const underWay = Promise.allSettled([select(sql`pg_sleep(60)::text`)])
    await database.close()
    const reason = { code: 'unavailable', message: expect.stringContaining('was closed') }
    expect(await underWay).toMatchObject([{ reason }])
    await expect(select(sql`1`)).rejects.toMatchObject(reason)
  })

  it('may bring settings of its own, but not in the place of ours', async () => {
    const url = address()
    url.searchParams.set('options', '-c athena.tenant_id=other -c work_mem=12MB')
    const database = await open(url)
    onTestFinished(() => database.close())
    const setting = (name: string) => sql<string>`current_setting(${name})`
    expect(
      await database.query
        .select({ tenant: setting('athena.tenant_id'), memory: setting('work_mem') })
        .from(sql`(values (1)) as one`),
    ).toEqual([{ tenant: 'ours', memory: '12MB' }])
  })
})
