import { once } from 'node:events'
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { createMcpHandler } from '@modelcontextprotocol/server'
import { createServer, type ServerParts } from '../create-server.ts'
import type { Parts } from '../parts.ts'
import type { Service } from '../service.ts'
import { SettingError } from '../setting-error.ts'
import { codeOf } from '../to-message.ts'
import { type Access, tenantOf } from './access.ts'
import type { Address } from './address.ts'
import { createApp } from './create-app.ts'
import { createMetrics } from './metrics.ts'

/** The longest body of a request. */
const MAX_BODY_BYTES = 1_048_576
/** How long answers get to be sent after everything else is done. */
const SENDING_MS = 1000

/** What a server over HTTP needs. */
export interface HttpParts extends Parts {
  readonly access: Access
}

/**
 * Serves any number of clients over streamable HTTP, each with the memory that its token opens.
 * @throws SettingError where it cannot listen
 */
export const serveHttp = async (address: Address, parts: HttpParts): Promise<Service> => {
  const { access, memories, log, onCall } = parts
  const metrics = createMetrics(memories.opened, parts.inFlight)
  const report: ServerParts['onCall'] = (call) => {
    metrics.countCall(call)
    onCall(call)
  }
  const handler = createMcpHandler(
    ({ authInfo }) =>
      createServer(() => memories.of(tenantOf(authInfo)), { ...parts, onCall: report }),
    {
      maxRequestBodySize: MAX_BODY_BYTES,
      onerror: (error) => log.warn('protocol', { code: codeOf(error) }),
    },
  )
  const app = createApp({ handler, access, memories, metrics, log })
  const server = createHttpServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }))
  const port = await listen(server, address)
  log.info('listening', { host: address.host, port, tokens: access.tokens.length })
  return toService(server, handler.close)
}

const listen = async (server: HttpServer, { host, port }: Address): Promise<number> => {
  server.listen(port, host)
  await once(server, 'listening').catch((error: unknown) => {
    throw new SettingError('--http', `expected an address that can be used (${codeOf(error)})`)
  })
  const bound = server.address()
  return typeof bound === 'object' && bound !== null ? bound.port : port
}

const toService = (server: HttpServer, closeStreams: () => Promise<void>): Service => {
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()))
  return {
    ended,
    refuse: async () => {
      server.close()
    },
    close: async () => {
      await closeStreams()
      await Promise.race([ended, setTimeout(SENDING_MS, undefined, { ref: false })])
      server.closeAllConnections()
      await ended
    },
  }
}
