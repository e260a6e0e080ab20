import type { StartFigures } from '../speed/figures.ts'
import { MEGABYTE, startQuestionsFor } from '../speed/workload.ts'
import type { PeerTask } from '../speed/task.ts'
import { createWorld } from '../world/world.ts'
import { fillPeer } from './fill-peer.ts'
import { openPeer } from './open-peer.ts'

/**
 * Opens a filled peer and asks it, in a process that has done nothing else. What lies in memory alone is
 * filled first, and that is part of its start.
 */
export const measurePeerStart = async (task: PeerTask): Promise<StartFigures> => {
  const { peer: name, folder, n, dim } = task
  const emptyRss = process.memoryUsage.rss()
  const beganAt = performance.now()
  const world = createWorld(dim)
  const questions = world.questions(startQuestionsFor(n), n)
  let preparationMs = performance.now() - beganAt

  const peer = await openPeer(name, { folder, dim })
  if (!peer.isPersistent) {
    preparationMs += await fillPeer(peer, n, (number) => ({ number, ...world.memory(number) }))
  }
  let coldStartMs: number | undefined
  for (const question of questions) {
    await peer.search('hybrid', question)
    coldStartMs ??= performance.now() - preparationMs
  }
  const rss = process.memoryUsage.rss()
  await peer.close()
  return {
    cold_start_ms: coldStartMs ?? 0,
    rss_mb: rss / MEGABYTE,
    rss_over_empty_mb: (rss - emptyRss) / MEGABYTE,
  }
}
