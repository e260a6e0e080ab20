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
import type { NumberedMemory } from './peer.ts'

/** Fills a peer with the same world as our stores, and measures the same. */
export const measurePeerLoad = async ({ peer: name, folder, n, dim }: PeerTask) => {
  const world = createWorld(dim)
  const make = (number: number): NumberedMemory => ({ number, ...world.memory(number) })
  const peer = await openPeer(name, { folder, dim })
  const emptyBytes = await folderBytes(folder)

  say(`${name}: making up and inserting ${n} memories`)
  const startedAt = performance.now()
  const makingMs = await fillPeer(peer, n, make)
  const rowsPerSecond = n / ((performance.now() - startedAt - makingMs) / 1000)
  const bytes = (await folderBytes(folder)) - emptyBytes

  say(`${name}: searching`)
  const searched = Array.from({ length: n }, (_, number) => make(number)).filter(
    ({ isInLargeProject }) => isInLargeProject,
  )
  const searches = await measureSearches({
    questions: world.questions(callsFor(n), n),
    keyed: searched.map(({ number, vector }) => ({ key: number, vector })),
    search: (kind, question) => peer.search(kind, question),
    findNearest: (question) => peer.search('vector', question),
  })

  say(`${name}: inserting one by one`)
  const others = Array.from({ length: callsFor(n) }, (_, index) => make(n + index))
  const singles = await timeCalls(others, (memory) => peer.insert([memory]))
  await peer.close()
  return {
    insert_batch_rows_s: rowsPerSecond,
    insert_single_ms_p50: percentile(singles, 50),
    ...searches,
    ...(peer.isPersistent && { disk_mb: bytes / MEGABYTE }),
  } satisfies LoadFigures
}
