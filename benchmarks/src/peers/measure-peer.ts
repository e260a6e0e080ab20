import { temporaryFolder } from '../databases/temporary-folder.ts'
import { loadFigures, type Size, type SpeedFigures, startFigures } from '../speed/figures.ts'
import { runTask } from '../speed/run-task.ts'
import type { PeerName } from './peer.ts'

/** Measures another search engine from empty to erased. */
export const measurePeer = async (peer: PeerName, size: Size): Promise<SpeedFigures> => {
  const { path: folder, dispose } = await temporaryFolder()
  try {
    const about = { peer, folder, ...size }
    const load = loadFigures.parse(await runTask({ act: 'load-peer', ...about }))
    const start = startFigures.parse(await runTask({ act: 'start-peer', ...about }))
    return { database: peer, ...size, ...load, ...start }
  } finally {
    await dispose()
  }
}
