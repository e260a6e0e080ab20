import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectPostgres, createEmptyPostgres } from '@athena-memory/testing'
import { sampleMemory, sampleProject } from '@athena-memory/testing/sample-rows'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openDatabase, parseDatabaseUrl } from '../src/index.ts'
import { messageOf, startWorker } from './start-worker.ts'

const server = process.env['ATHENA_TEST_POSTGRES_URL'] ?? ''
const seconds = Number(process.env['ATHENA_CHAOS_SECONDS'] ?? 6)
const WRITERS = 4
const BALANCE = 100

type Observer = Awaited<ReturnType<typeof connectPostgres>>

/** A migrated database with ten accounts. */
const prepare = async (): Promise<{ url: string; observer: Observer }> => {
  const { url, drop } = await createEmptyPostgres(server)
  onTestFinished(drop)
  const database = await openDatabase(parseDatabaseUrl(url, {}))
  const { query, tables } = database
  for (const id of ['singles', 'accounts']) {
    await query.insert(tables.projects).values({ ...sampleProject(id), id })
  }
  const accounts = Array.from({ length: 10 }, (_, place) => `account ${place}`)
  await query
    .insert(tables.memories)
    .values(accounts.map((id) => ({ ...sampleMemory('accounts'), id, accessCount: BALANCE })))
  await database.close()
  const observer = await connectPostgres(url, '-c athena.tenant_id=default')
  onTestFinished(() => observer.end())
  await observer.query('grant athena_app to current_user')
  return { url, observer }
}

const startWriters = async (url: string, folder: string) => {
  let started = 0
  const start = async (): Promise<ChildProcess> => {
    const name = `writer${(started += 1)}`
    const writer = startWorker('postgres-writer', [url, join(folder, name), name])
    await messageOf(writer)
    return writer
  }
  const writers = await Promise.all(Array.from({ length: WRITERS }, start))
  return { writers, start }
}

const ended = async (writer: ChildProcess): Promise<void> => {
  if (writer.exitCode === null) await once(writer, 'exit')
}

const terminateAny = async (observer: Observer): Promise<number> => {
  const { rowCount } = await observer.query(`
    select pg_terminate_backend(pid) from (
      select pid from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
      order by random() limit 1) as victim`)
  return rowCount ?? 0
}

const terminateAtRandom = async (observer: Observer, endAt: number): Promise<number> => {
  let terminated = 0
  while (performance.now() < endAt) {
    terminated += await terminateAny(observer)
    await sleep(Math.random() * 60)
  }
  return terminated
}

const killAtRandom = async (
  writers: ChildProcess[],
  start: () => Promise<ChildProcess>,
  endAt: number,
): Promise<number> => {
  let kills = 0
  for (; performance.now() < endAt; kills += 1) {
    await sleep(500 + Math.random() * 1500)
    const index = Math.floor(Math.random() * writers.length)
    writers[index]?.kill('SIGKILL')
    writers[index] = await start()
  }
  return kills
}

const readOutcomes = (folder: string) => {
  const lines = readdirSync(folder).flatMap((name) =>
    readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1),
  )
  return (outcome: string, kind: string): string[] =>
    lines
      .filter((line) => line.startsWith(`${outcome} ${kind} `))
      .map((line) => line.split(' ')[2] ?? '')
}

/** What the writers were told, against what is there. */
const compare = async (observer: Observer, told: ReturnType<typeof readOutcomes>) => {
  const { rows } = await observer.query<{ id: string }>(
    'select id from projects union all select id from memories',
  )
  const present = new Set(rows.map(({ id }) => id))
  const of = (outcome: string) => [...told(outcome, 'single'), ...told(outcome, 'batch')]
  const unknown = of('unknown')
  return {
    kept: { singles: told('kept', 'single').length, batches: told('kept', 'batch').length },
    refused: of('refused').length,
    unknown: { kept: unknown.filter((id) => present.has(id)).length, of: unknown.length },
    lost: of('kept').filter((id) => !present.has(id)),
    phantoms: of('refused').filter((id) => present.has(id)),
    unseen: of('unseen'),
  }
}

const checkState = async (observer: Observer) => {
  const select = async (text: string) => (await observer.query(text)).rows
  return {
    balance: await select(
      "select sum(access_count)::int as sum from memories where project_id = 'accounts'",
    ),
    halfBatches: await select(`
      select id from projects p where settings ? 'size' and (settings->>'size')::int
        <> (select count(*) from memories m where m.project_id = p.id)`),
    orphans: await select(
      'select id from memories m where not exists (select from projects p where p.id = m.project_id)',
    ),
  }
}

describe.runIf(server)('PostgreSQL under writers that are killed and connections that end', () => {
  it('keeps every acknowledged write', { timeout: (seconds + 90) * 1000 }, async () => {
    const { url, observer } = await prepare()
    const folder = mkdtempSync(join(tmpdir(), 'athena-chaos-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const { writers, start } = await startWriters(url, folder)

    const endAt = performance.now() + seconds * 1000
    const [terminated, kills] = await Promise.all([
      terminateAtRandom(observer, endAt),
      killAtRandom(writers, start, endAt),
    ])

    const progress = async () => {
      for (const writer of writers) writer.send('how many?')
      return Promise.all(writers.map(messageOf))
    }
    // The pools recover: everybody goes on writing. One that cannot lets the test run out of time.
    const before = await progress()
    const hasGoneOn = (counts: unknown[]) =>
      counts.every((count, place) => Number(count) > Number(before[place]))
    while (!hasGoneOn(await progress())) await sleep(50)
    for (const writer of writers) writer.send('stop')
    const reports = await Promise.all(writers.map(messageOf))
    await Promise.all(writers.map(ended))

    const outcome = await compare(observer, readOutcomes(folder))
    process.stdout.write(`chaos ${JSON.stringify({ terminated, kills, ...outcome })}\n`)
    expect(outcome).toMatchObject({ lost: [], phantoms: [], unseen: [] })
    expect(await checkState(observer)).toEqual({
      balance: [{ sum: 10 * BALANCE }],
      halfBatches: [],
      orphans: [],
    })
    expect(Math.min(terminated, kills, outcome.kept.singles, outcome.kept.batches)).toBeGreaterThan(
      0,
    )
    for (const report of reports) {
      expect(report).toMatchObject({ pool: { inFlight: 0, waiting: 0, max: 4 } })
      expect(report).not.toMatchObject({ status: 'unavailable' })
    }
  })
})
