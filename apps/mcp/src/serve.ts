import { createServer } from './create-server.ts'
import { embedInBackground } from './embed-in-background.ts'
import { createInFlight } from './in-flight.ts'
import type { Log } from './log.ts'
import { createMemories } from './memories.ts'
import type { Parts } from './parts.ts'
import { serveStdio } from './serve-stdio.ts'
import type { Service } from './service.ts'
import type { Settings } from './settings.ts'
import { codeOf, toMessage } from './to-message.ts'

/** How long calls that are under way get when the program is to end. */
const DRAIN_MS = 10_000
/** How long it then takes at most until everything is closed. */
const CLOSE_MS = 5000

/**
 * Serves until the client leaves or somebody ends the program, lets what is under way finish and
 * closes the memory. False when something did not finish in time.
 *
 * @throws SettingError
 */
export const serve = async (settings: Settings, log: Log): Promise<boolean> => {
  const parts = createParts(settings, log)
  const { memories, inFlight } = parts
  const interrupted = untilInterrupted()
  const service = await start(settings, parts)
  const background = embedInBackground(memories.opened, log)

  const reason = await Promise.race([interrupted, service.ended.then(() => 'end')])
  log.info('stopping', { reason })
  background.stop()
  await service.refuse()
  const isDone = await inFlight.idle(DRAIN_MS)
  void inFlight.track(service.close().then(() => memories.close()))
  return (await inFlight.idle(CLOSE_MS)) && isDone
}

const createParts = (settings: Settings, log: Log): Parts => {
  const memories = createMemories(() => openConfigured(settings, log))
  return {
    memories,
    log,
    tools: () => loadTools(settings),
    inFlight: createInFlight(),
    onCall: ({ tool, outcome, durationMs, code }) => {
      const fields = { tool, outcome, code, ms: Math.round(durationMs) }
      if (outcome === 'failed') log.error('call', fields)
      else log.debug('call', fields)
    },
  }
}

/** The tools are known without a memory at hand: a client may list them while its file is locked. */
const loadTools = async (settings: Settings) => {
  const { profile } = settings
  const { describeOperations, describePostgresOperations } = await import('athena-memory')
  const { createToolbox, dailyLayers } = await import('./tools/toolbox.ts')
  const options = optionsOf(settings)
  const layers = profile === 'full' ? undefined : dailyLayers
  return createToolbox(profile, [
    ...(await describeOperations({ ...options, layers })),
    ...(await describePostgresOperations(options)),
  ])
}

/** Who calls over HTTP may be elsewhere, or somebody else: the files here are not theirs to read. */
const optionsOf = ({ http, db, postgresOps }: Settings) => ({
  database: db,
  localFiles: http === undefined,
  postgresOps,
})

const openConfigured = async (settings: Settings, log: Log) => {
  // Loaded on demand: the first answers need neither stores nor drivers.
  const { openAthena } = await import('athena-memory')
  const onWarning = (message: string): void => log.warn('memory', { message })
  return openAthena({ ...optionsOf(settings), project: settings.project, onWarning })
}

const start = async (settings: Settings, parts: Parts): Promise<Service> => {
  if (settings.http) {
    const { startHttp } = await import('./http/start-http.ts')
    return startHttp(settings.http, settings.tokens, parts)
  }
  const { memories, log } = parts
  // A client that says something will call something; what is wrong it hears with every call.
  const openEarly = () =>
    memories.of().catch((error: unknown) => {
      log.error('memory', { code: codeOf(error), message: toMessage(error) })
    })
  process.stdin.once('data', () => setImmediate(openEarly))
  return serveStdio(() => createServer(() => memories.of(), parts), log)
}

const untilInterrupted = (): Promise<string> =>
  new Promise((resolve) => {
    process.once('SIGTERM', resolve)
    process.once('SIGINT', resolve)
  })
