import { chooseTargets } from '../databases/choose-targets.ts'
import { measurePeer } from '../peers/measure-peer.ts'
import type { PeerName } from '../peers/peer.ts'
import { say } from '../say.ts'
import type { Size, SpeedFigures } from './figures.ts'
import { growthPlot } from './growth-plot.ts'
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

type Measure = (size: Size) => Promise<SpeedFigures>

/** What was measured, and why the rest was not. */
interface Outcomes {
  readonly results: SpeedFigures[]
  readonly failures: unknown[]
}

/**
 * Measures databases one after the other, and prints a table for each size and how cost grows, or JSON.
 * One that fails is left out.
 */
export const runSpeed = async (options: SpeedOptions): Promise<void> => {
  const { json = false, dim } = options
  const all: Outcomes = { results: [], failures: [] }
  for (const n of options.n) {
    const { results, failures } = await measureAll(measuresOf(options), { n, dim })
    // What was measured may have taken minutes: it is printed, whatever becomes of the rest.
    if (!json) print(results.length > 0 ? speedTable(results) : '')
    all.results.push(...results)
    all.failures.push(...failures)
  }
  if (!json) print(growthPlot(all.results))
  else if (all.results.length > 0) print(JSON.stringify({ results: all.results }))
  if (all.failures.length > 0) throw all.failures[0]
}

const print = (text: string): void => {
  if (text !== '') console.log(text)
}

const measureAll = async (measures: readonly Measure[], size: Size): Promise<Outcomes> => {
  const outcomes: Outcomes = { results: [], failures: [] }
  for (const measure of measures) {
    await measure(size).then(
      (figures) => {
        // The next database may take minutes, and whoever watches may have seen enough.
        say(JSON.stringify(figures))
        outcomes.results.push(figures)
      },
      (error: unknown) => outcomes.failures.push(error),
    )
  }
  return outcomes
}

const measuresOf = ({ database, pglite = false, peers = [] }: SpeedOptions): Measure[] => [
  ...chooseTargets({ database, pglite }).map((open) => (size: Size) => measureTarget(open, size)),
  ...peers.map((peer) => (size: Size) => measurePeer(peer, size)),
]
