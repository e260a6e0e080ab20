import { setTimeout } from 'node:timers/promises'
import type { McpHttpHandler } from '@modelcontextprotocol/server'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { createMiddleware } from 'hono/factory'
import type { Log } from '../log.ts'
import type { Memories } from '../memories.ts'
import { codeOf } from '../to-message.ts'
import { type Access, type Authorised, checkSource, checkToken } from './access.ts'
import type { Metrics } from './metrics.ts'

/** What the server answers with. */
export interface AppParts {
  readonly handler: McpHttpHandler
  readonly access: Access
  readonly memories: Memories
  readonly metrics: Metrics
  readonly log: Log
}

/**
 * The paths of the server: `/healthz` and `/readyz` for probes, which come by any name and say only
 * whether it is well; behind the checks of source and token `/metrics` and `/mcp`.
 */
export const createApp = ({
  handler,
  access,
  memories,
  metrics,
  log,
}: AppParts): Hono<Authorised> => {
  const app = new Hono<Authorised>()
  app.onError((error, context) => {
    log.error('http', { code: codeOf(error) })
    return context.json({ error: 'internal_error' }, 500)
  })
  app.use(closeAfterRefusal)
  app.get('/healthz', (context) => context.json({ status: 'ok' }))
  app.get('/readyz', async (context) => {
    const ready = await Promise.race([
      isReady(memories),
      setTimeout(READY_MS, false, { ref: false }),
    ])
    return context.json({ status: ready ? 'ok' : 'unavailable' }, ready ? 200 : 503)
  })
  app.use(checkSource(access))
  app.use(cors({ origin: [...access.origins], allowMethods: METHODS, exposeHeaders: EXPOSED }))
  app.use(checkToken(access))
  app.get('/metrics', async (context) => {
    const { text, contentType } = await metrics.render()
    return context.body(text, 200, { 'content-type': contentType })
  })
  app.all('/mcp', ({ req, var: { authInfo } }) =>
    handler.fetch(req.raw, authInfo ? { authInfo } : {}),
  )
  return app
}

/** How long a probe waits for the database. */
const READY_MS = 2000
const METHODS = ['GET', 'POST', 'DELETE', 'OPTIONS']
const EXPOSED = ['mcp-protocol-version', 'mcp-session-id', 'www-authenticate']

/** What was refused may not have been read to its end: nothing can follow it on its connection. */
const closeAfterRefusal = createMiddleware(async (context, next) => {
  await next()
  if (!context.res.ok) context.header('connection', 'close')
})

/** Whether the database answers and all migrations are done. */
const isReady = async (memories: Memories): Promise<boolean> => {
  try {
    const { database } = await memories.of()
    const { status, migrations } = await database.health()
    return status !== 'unavailable' && migrations?.pending === 0
  } catch {
    return false
  }
}
