import { openBenchDatabase } from '../databases/open-bench-database.ts'
import { createLookupEmbedder } from '../world/lookup-embedder.ts'
import { createWorld } from '../world/world.ts'
import type { StartFigures } from './figures.ts'
import { LARGE_PROJECT, openStores } from './stores.ts'
import type { DatabaseTask } from './task.ts'
import { MEGABYTE, startQuestionsFor } from './workload.ts'

/** Opens a filled database and asks it, in a process that has done nothing else. */
export const measureStart = async ({ config, n, dim }: DatabaseTask): Promise<StartFigures> => {
  const emptyRss = process.memoryUsage.rss()
  const beganAt = performance.now()
  const questions = createWorld(dim).questions(startQuestionsFor(n), n)
  const queries = new Map(questions.map(({ text, vector }) => [text, vector]))
  const embedder = createLookupEmbedder({ dimensions: dim, documents: new Map(), queries })
  const preparationMs = performance.now() - beganAt

  const database = await openBenchDatabase(config)
  const { documents, projects } = openStores(database, embedder)
  const project = await projects.getByName(LARGE_PROJECT)
  let coldStartMs: number | undefined
  for (const { text } of questions) {
    await documents.search(text, { projectId: project?.id })
    // `performance.now()` counts from the start of the process.
    coldStartMs ??= performance.now() - preparationMs
  }
  const rss = process.memoryUsage.rss()
  await database.close()
  return {
    cold_start_ms: coldStartMs ?? 0,
    rss_mb: rss / MEGABYTE,
    rss_over_empty_mb: (rss - emptyRss) / MEGABYTE,
  }
}
