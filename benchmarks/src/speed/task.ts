import { z } from 'zod'
import { benchConfig } from '../databases/bench-config.ts'
import { PEER_NAMES } from '../peers/peer.ts'

/** Memories, and dimensions of their vectors. */
const size = { n: z.int().min(1), dim: z.int().min(1) }

const databaseTask = z.object({ act: z.enum(['load', 'start']), config: benchConfig, ...size })

const peerTask = z.object({
  act: z.enum(['load-peer', 'start-peer']),
  peer: z.enum(PEER_NAMES),
  folder: z.string(),
  ...size,
})

/** What a process of its own does: fill a database and measure it, or open it and answer. */
export const task = z.discriminatedUnion('act', [databaseTask, peerTask])

export type Task = z.output<typeof task>
export type DatabaseTask = z.output<typeof databaseTask>
export type PeerTask = z.output<typeof peerTask>
