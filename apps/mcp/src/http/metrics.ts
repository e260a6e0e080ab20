import type { Athena } from 'athena-memory'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { CallReport } from '../create-server.ts'
import type { InFlight } from '../in-flight.ts'

/** What the process counts, for Prometheus. */
export interface Metrics {
  readonly countCall: (report: CallReport) => void
  /** The text that Prometheus reads, and its media type. */
  readonly render: () => Promise<{ readonly text: string; readonly contentType: string }>
}

const BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Counters that start at nothing; gauges look at the process whenever they are rendered. */
export const createMetrics = (memories: () => readonly Athena[], inFlight: InFlight): Metrics => {
  const registry = new Registry()
  const registers = [registry]
  const calls = new Counter({
    name: 'athena_mcp_calls_total',
    help: 'Calls of tools by outcome: ok, refused (wrong arguments) or failed.',
    labelNames: ['tool', 'outcome'],
    registers,
  })
  const durations = new Histogram({
    name: 'athena_mcp_call_duration_seconds',
    help: 'How long calls of tools took.',
    labelNames: ['tool'],
    buckets: BUCKETS_S,
    registers,
  })
  const underWay = new Gauge({
    name: 'athena_mcp_calls_in_flight',
    help: 'Calls that are under way.',
    registers,
  })
  const connections = new Gauge({
    name: 'athena_database_connections',
    help: 'Connections of the pools: open, busy, waited for, and the most there may be.',
    labelNames: ['state'],
    registers,
  })
  const pending = new Gauge({
    name: 'athena_embeddings_pending',
    help: 'Documents of the open memories that have no vectors yet.',
    registers,
  })
  return {
    countCall: ({ tool, outcome, durationMs }) => {
      calls.inc({ tool, outcome })
      durations.observe({ tool }, durationMs / 1000)
    },
    render: async () => {
      const opened = memories()
      underWay.set(inFlight.count())
      for (const [state, value] of Object.entries(sumPools(opened))) {
        connections.set({ state }, value)
      }
      pending.set(await sumPending(opened).catch(() => Number.NaN))
      return { text: await registry.metrics(), contentType: registry.contentType }
    },
  }
}

/** Tenants of one PostgreSQL share a pool, which is counted once; every libSQL file has its own. */
const sumPools = (opened: readonly Athena[]): Record<string, number> => {
  const shared = opened.filter(
    ({ database }, index) => database.dialect === 'sqlite' || index === 0,
  )
  const sums = { open: 0, busy: 0, waiting: 0, max: 0 }
  for (const { database } of shared) {
    const { size, inFlight, waiting, max } = database.poolStats()
    sums.open += size
    sums.busy += inFlight
    sums.waiting += waiting
    sums.max += max
  }
  return sums
}

const sumPending = async (opened: readonly Athena[]): Promise<number> => {
  const found = await Promise.all(opened.map(({ documents }) => documents.status()))
  return found.reduce((sum, { pending }) => sum + pending, 0)
}
