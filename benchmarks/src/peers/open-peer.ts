import type { Peer, PeerName } from './peer.ts'

/** Where a peer may write, and how long vectors are. */
export interface PeerPlace {
  readonly folder: string
  readonly dim: number
}

/** Opens a peer on a folder that is its own. */
export const openPeer = async (name: PeerName, place: PeerPlace): Promise<Peer> => {
  if (name === 'orama') return (await import('./open-orama.ts')).openOrama(place)
  if (name === 'lancedb') return (await import('./open-lancedb.ts')).openLancedb(place)
  const { openSqliteVec } = await import('./open-sqlite-vec.ts')
  return openSqliteVec({ ...place, byBits: name === 'sqlite-vec-bits' })
}
