import { loadPackage } from './load-package.ts'
import type { PeerName } from './peer.ts'

const SQLITE_VEC = ['libsql', 'sqlite-vec'] as const

const PACKAGES: Readonly<Record<PeerName, readonly string[]>> = {
  'sqlite-vec': SQLITE_VEC,
  'sqlite-vec-bits': SQLITE_VEC,
  lancedb: ['@lancedb/lancedb', 'apache-arrow'],
  orama: ['@orama/orama'],
}

/** For each peer that cannot be loaded: what it needs, and how to install it. */
export const missingPeers = async (names: readonly PeerName[]): Promise<string[]> => {
  const lines: string[] = []
  for (const name of names) {
    const needed = PACKAGES[name]
    const loads = await Promise.allSettled(needed.map((needs) => loadPackage(needs)))
    const missing = needed.filter((_, at) => loads[at]?.status === 'rejected')
    if (missing.length > 0) {
      lines.push(
        `${name} cannot be measured, for want of ${missing.join(' and ')}: run "pnpm install" ` +
          'with optional dependencies. There may be no build for this platform.',
      )
    }
  }
  return lines
}
