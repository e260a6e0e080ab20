import type { ServerParts } from './create-server.ts'
import type { Log } from './log.ts'
import type { Memories } from './memories.ts'

/** What every way of serving needs. */
export interface Parts extends ServerParts {
  readonly memories: Memories
  readonly log: Log
}
