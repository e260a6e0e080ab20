import { chooseTargets } from '../databases/choose-targets.ts'
import { measurePeer } from '../peers/measure-peer.ts'
import type { PeerName } from '../peers/peer.ts'
import type { Size } from './figures.ts'
import { growthPlot } from './growth-plot.ts'
import { type Measure, measureSizes } from './measure-sizes.ts'
import { measureTarget } from './measure-target.ts'
import { speedTable } from './speed-table.ts'

/** What to measure, and how to print it. */
export interface SpeedOptions {
  /** Numbers of memories: each is measured by itself. */
  readonly n: readonly number[]
  /** Dimensions of their vectors. */
  readonly dim: number
  /** Only this database; otherwise temporary ones. */
  readonly database?: string | undefined
  /** Whether PGlite is measured too, which takes minutes to build its graph of vectors. */
  readonly pglite?: boolean | undefined
  /** Other search engines to measure beside. */
  readonly peers?: readonly PeerName[] | undefined
  readonly json?: boolean | undefined
}

/**
 * Measures databases one after the other, and prints a table for each size and how cost grows, or JSON.
 * One that fails is left out.
 */
export const runSpeed = async (options: SpeedOptions): Promise<void> => {
  const { json = false, dim } = options
  const sizes = options.n.map((n) => ({ n, dim }))
  const { results, failures } = await measureSizes(sizes, measuresOf(options), (measured) => {
    // What was measured may have taken minutes: it is printed, whatever becomes of the rest.
    if (!json && measured.length > 0) console.log(speedTable(measured))
  })
  const plots = json ? '' : growthPlot(results)
  if (plots !== '') console.log(plots)
  if (json && results.length > 0) console.log(JSON.stringify({ results }))
  if (failures.length > 0) throw failures[0]
}

const measuresOf = ({ database, pglite = false, peers = [] }: SpeedOptions): Measure[] => [
  ...chooseTargets({ database, pglite }).map((open) => (size: Size) => measureTarget(open, size)),
  ...peers.map((peer) => (size: Size) => measurePeer(peer, size)),
]
