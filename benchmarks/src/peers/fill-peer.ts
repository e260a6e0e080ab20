import { BATCH_SIZE } from '../speed/workload.ts'
import type { NumberedMemory, Peer } from './peer.ts'

/** Inserts memories in batches and builds the indexes over them. */
export const fillPeer = async (peer: Peer, memories: readonly NumberedMemory[]): Promise<void> => {
  for (let from = 0; from < memories.length; from += BATCH_SIZE) {
    await peer.insert(memories.slice(from, from + BATCH_SIZE))
  }
  await peer.finish()
}
