import { percentile } from '../metrics/percentile.ts'
import { say } from '../say.ts'
import type { LoadFigures } from '../speed/figures.ts'
import { measureSearches } from '../speed/measure-searches.ts'
import type { PeerTask } from '../speed/task.ts'
import { timeCalls } from '../speed/time-calls.ts'
import { callsFor, MEGABYTE } from '../speed/workload.ts'
import { createWorld } from '../world/world.ts'
import { fillPeer } from './fill-peer.ts'
import { folderBytes } from './folder-bytes.ts'
import { openPeer } from './open-peer.ts'

/** Fills a peer with the same world as our stores, and measures the same. */
export const measurePeerLoad = async ({ peer: name, folder, n, dim }: PeerTask) => {
  say(`${name}: making up ${n} memories`)
  const world = createWorld(dim)
  const numbers = Array.from({ length: n + callsFor(n) }, (_, number) => number)
  const all = numbers.map((number) => ({ number, ...world.memory(number) }))
  const peer = await openPeer(name, { folder, dim })
  const emptyBytes = await folderBytes(folder)

  say(`${name}: inserting them`)
  const startedAt = performance.now()
  await fillPeer(peer, all.slice(0, n))
  const rowsPerSecond = n / ((performance.now() - startedAt) / 1000)
  const bytes = (await folderBytes(folder)) - emptyBytes

  say(`${name}: searching`)
  const searched = all.slice(0, n).filter(({ isInLargeProject }) => isInLargeProject)
  const searches = await measureSearches({
    questions: world.questions(callsFor(n), n),
    keyed: searched.map(({ number, vector }) => ({ key: number, vector })),
    search: (kind, question) => peer.search(kind, question),
    findNearest: (question) => peer.search('vector', question),
  })

  say(`${name}: inserting one by one`)
  const singles = await timeCalls(all.slice(n), (memory) => peer.insert([memory]))
  await peer.close()
  return {
    insert_batch_rows_s: rowsPerSecond,
    insert_single_ms_p50: percentile(singles, 50),
    ...searches,
    ...(peer.isPersistent && { disk_mb: bytes / MEGABYTE }),
  } satisfies LoadFigures
}
