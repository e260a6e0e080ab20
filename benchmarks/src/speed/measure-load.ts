import { databaseName } from '../databases/bench-config.ts'
import { diskBytes } from '../databases/disk-bytes.ts'
import { openBenchDatabase } from '../databases/open-bench-database.ts'
import { settle } from '../databases/settle.ts'
import { percentile } from '../metrics/percentile.ts'
import { say } from '../say.ts'
import { createLookupEmbedder } from '../world/lookup-embedder.ts'
import { createWorld, type WorldMemory, type WorldQuestion } from '../world/world.ts'
import type { LoadFigures } from './figures.ts'
import { insertInBatches, insertSingly, placeMemories } from './fill-database.ts'
import { measureIndex } from './measure-index.ts'
import { openStores } from './stores.ts'
import type { DatabaseTask } from './task.ts'
import { callsFor, MEGABYTE } from './workload.ts'

/** Fills an empty database with a made-up world, and measures writing and searching. */
export const measureLoad = async ({ config, n, dim }: DatabaseTask): Promise<LoadFigures> => {
  const name = databaseName(config.type)
  say(`${name}: making up ${n} memories`)
  const world = createWorld(dim)
  const all = Array.from({ length: n + 2 * callsFor(n) }, (_, number) => world.memory(number))
  const questions = world.questions(callsFor(n), n)

  const database = await openBenchDatabase(config)
  const stores = openStores(database, embedderOf(dim, all, questions))
  const given = await placeMemories(stores, all)
  const emptyBytes = await diskBytes(database)

  say(`${name}: inserting them`)
  const rowsPerSecond = await insertInBatches(stores, given.slice(0, n))
  const bytes = (await diskBytes(database)) - emptyBytes
  await settle(config)

  say(`${name}: searching`)
  const memories = all.slice(0, n).filter(({ isInLargeProject }) => isInLargeProject)
  const projectId = given[0]?.projectId
  const { documents } = stores
  const searches = await measureIndex({ database, documents, projectId, memories }, questions)

  say(`${name}: inserting one by one`)
  const singles = given.slice(n)
  const ms = await insertSingly(stores, singles.slice(0, callsFor(n)))
  const textMs = await insertSingly(openStores(database), singles.slice(callsFor(n)))
  await database.close()
  return {
    insert_batch_rows_s: rowsPerSecond,
    insert_single_ms_p50: percentile(ms, 50),
    insert_text_ms_p50: percentile(textMs, 50),
    ...searches,
    disk_mb: bytes / MEGABYTE,
  }
}

const embedderOf = (
  dimensions: number,
  memories: readonly WorldMemory[],
  questions: readonly WorldQuestion[],
) =>
  createLookupEmbedder({
    dimensions,
    documents: new Map(memories.map(({ content, vector }) => [content, vector])),
    queries: new Map([
      ...questions.map(({ text, vector }) => [text, vector] as const),
      ...questions.map(({ wordless, vector }) => [wordless, vector] as const),
    ]),
  })
