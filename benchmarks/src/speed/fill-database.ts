import type { NewMemory } from '@athena-memory/stores-semantic'
import type { WorldMemory } from '../world/world.ts'
import { LARGE_PROJECT, SMALL_PROJECT, type Stores } from './stores.ts'
import { timeCalls } from './time-calls.ts'
import { BATCH_SIZE } from './workload.ts'

/** Makes both projects. The memories of a world, ready to be remembered in them. */
export const placeMemories = async (
  { projects }: Stores,
  memories: readonly WorldMemory[],
): Promise<NewMemory[]> => {
  const large = await projects.create({ name: LARGE_PROJECT })
  const small = await projects.create({ name: SMALL_PROJECT })
  return memories.map(({ isInLargeProject, content, context }) => ({
    content,
    ...context,
    projectId: isInLargeProject ? large.id : small.id,
  }))
}

/** Remembers everything in batches; rows a second. */
export const insertInBatches = async (
  { semantic }: Stores,
  memories: readonly NewMemory[],
): Promise<number> => {
  const startedAt = performance.now()
  for (let from = 0; from < memories.length; from += BATCH_SIZE) {
    await semantic.rememberMany(memories.slice(from, from + BATCH_SIZE))
  }
  return memories.length / ((performance.now() - startedAt) / 1000)
}

/** Remembers everything one by one; how long each call took, in ms. */
export const insertSingly = (
  { semantic }: Stores,
  memories: readonly NewMemory[],
): Promise<number[]> => timeCalls(memories, (memory) => semantic.remember(memory))
