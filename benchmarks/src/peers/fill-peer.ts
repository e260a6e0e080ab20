import { BATCH_SIZE } from '../speed/workload.ts'
import type { NumberedMemory, Peer } from './peer.ts'

/**
 * Inserts memories in batches and builds the indexes over them. Each batch is made when it is needed, so
 * that no more of them lies in memory than the peer itself keeps.
 *
 * @param make the memory of a number, from 0
 * @returns how long it took to make them, in ms, which is no work of the peer
 */
export const fillPeer = async (
  peer: Peer,
  count: number,
  make: (number: number) => NumberedMemory,
): Promise<number> => {
  let makingMs = 0
  for (let from = 0; from < count; from += BATCH_SIZE) {
    const startedAt = performance.now()
    const length = Math.min(BATCH_SIZE, count - from)
    const batch = Array.from({ length }, (_, index) => make(from + index))
    makingMs += performance.now() - startedAt
    await peer.insert(batch)
  }
  await peer.finish()
  return makingMs
}
