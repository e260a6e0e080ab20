import { databaseName } from '../databases/bench-config.ts'
import { diskBytes } from '../databases/disk-bytes.ts'
import { openBenchDatabase } from '../databases/open-bench-database.ts'
import { percentile } from '../metrics/percentile.ts'
import { say } from '../say.ts'
import { createLookupEmbedder } from '../world/lookup-embedder.ts'
import { createWorld, type WorldMemory, type WorldQuestion } from '../world/world.ts'
import type { LoadFigures } from './figures.ts'
import { insertInBatches, insertSingly, placeMemories } from './fill-database.ts'
import { measureSearches } from './measure-searches.ts'
import { openStores } from './stores.ts'
import type { Task } from './task.ts'

/** Questions of each kind, the warm-up included. */
const QUESTIONS = 260

/** Memories that are inserted one by one, the warm-up included. */
const SINGLES = 230

const MEGABYTE = 1024 ** 2

/** Fills an empty database with a made-up world, and measures writing and searching. */
export const measureLoad = async ({ config, n, dim }: Task): Promise<LoadFigures> => {
  const name = databaseName(config.type)
  say(`${name}: making up ${n} memories`)
  const world = createWorld(dim)
  const all = Array.from({ length: n + SINGLES }, (_, number) => world.memory(number))
  const questions = world.questions(QUESTIONS, n)

  const database = await openBenchDatabase(config)
  const stores = openStores(database, createLookupEmbedder(dim, vectorsOf(all, questions)))
  const given = await placeMemories(stores, all)
  const emptyBytes = await diskBytes(database)

  say(`${name}: inserting them`)
  const rowsPerSecond = await insertInBatches(stores, given.slice(0, n))
  const bytes = (await diskBytes(database)) - emptyBytes

  say(`${name}: searching`)
  const memories = all.slice(0, n).filter(({ isInLargeProject }) => isInLargeProject)
  const projectId = given[0]?.projectId
  const { documents } = stores
  const searches = await measureSearches({ database, documents, projectId, memories, questions })

  say(`${name}: inserting one by one`)
  const singles = await insertSingly(stores, given.slice(n))
  await database.close()
  return {
    insert_batch_rows_s: rowsPerSecond,
    insert_single_ms_p50: percentile(singles, 50),
    ...searches,
    disk_mb: bytes / MEGABYTE,
  }
}

const vectorsOf = (
  memories: readonly WorldMemory[],
  questions: readonly WorldQuestion[],
): Map<string, Float32Array> =>
  new Map([
    ...memories.map(({ content, vector }) => [content, vector] as const),
    ...questions.map(({ text, vector }) => [text, vector] as const),
    ...questions.map(({ wordless, vector }) => [wordless, vector] as const),
  ])
