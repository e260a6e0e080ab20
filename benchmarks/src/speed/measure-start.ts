import { openBenchDatabase } from '../databases/open-bench-database.ts'
import { createLookupEmbedder } from '../world/lookup-embedder.ts'
import { createWorld } from '../world/world.ts'
import type { StartFigures } from './figures.ts'
import { LARGE_PROJECT, openStores } from './stores.ts'
import type { Task } from './task.ts'

/** Questions after which memory is looked at. */
const QUESTIONS = 200

const MEGABYTE = 1024 ** 2

/** Opens a filled database and asks it, in a process that has done nothing else. */
export const measureStart = async ({ config, n, dim }: Task): Promise<StartFigures> => {
  const beganAt = performance.now()
  const questions = createWorld(dim).questions(QUESTIONS, n)
  const vectors = new Map(questions.map(({ text, vector }) => [text, vector]))
  const preparationMs = performance.now() - beganAt

  const database = await openBenchDatabase(config)
  const { documents, projects } = openStores(database, createLookupEmbedder(dim, vectors))
  const project = await projects.getByName(LARGE_PROJECT)
  let coldStartMs: number | undefined
  for (const { text } of questions) {
    await documents.search(text, { projectId: project?.id })
    // `performance.now()` counts from the start of the process.
    coldStartMs ??= performance.now() - preparationMs
  }
  const rss = process.memoryUsage.rss() / MEGABYTE
  await database.close()
  return { cold_start_ms: coldStartMs ?? 0, rss_mb: rss }
}
