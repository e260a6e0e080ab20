import { createConnection, Socket } from 'node:net'
import pg from 'pg'
import { z } from 'zod'

/** How often bytes are counted, and a cancelled statement is asked again to stop. */
const LOOK_EVERY_MS = 20
const ASK_EVERY_MS = 200
/** How often it is asked before the line is cut. */
const ASK_TIMES = 15
/** How long a goodbye may take before the line is cut. */
const CLOSE_MS = 1000

/** The way to the server for one connection. */
export interface Line {
  /** Connects when it is first called; a line that was lost, or never made, is not made again. */
  readonly connect: () => Promise<pg.Client>
  readonly isLost: () => boolean
  readonly wasTooMuch: () => boolean
  /** The most bytes that may arrive from now on. */
  readonly allow: (bytes: number) => void
  /** Watches what arrives until the answer is called; past the limit, the line is cut. */
  readonly watch: () => () => void
  /** Has the server stop what it does for this connection, again and again until the answer is called; a server that does not is left. */
  readonly cancel: () => () => void
  readonly close: () => Promise<void>
}

/** Makes a line, over which nothing goes yet. */
export const createLine = (config: pg.ClientConfig): Line => {
  // Our own, because what arrives is counted here, before TLS has taken it.
  const socket = new Socket()
  const client = new pg.Client({ ...config, stream: () => socket })
  let connecting: Promise<pg.Client> | undefined
  let limit = Number.POSITIVE_INFINITY
  let wasTooMuch = false

  const cut = (): void => {
    socket.destroy()
  }
  // Whoever waits for an answer is told as well; unheard, it would end the process.
  client.on('error', cut)
  // The driver leaves it open where it was the driver that refused.
  const connect = (): Promise<pg.Client> =>
    client.connect().catch((thrown: unknown) => {
      cut()
      throw thrown
    })
  const look = (): void => {
    if (socket.bytesRead <= limit) return
    wasTooMuch = true
    cut()
  }
  let asked = 0
  const ask = (): void => {
    asked += 1
    if (asked > ASK_TIMES) cut()
    else askToCancel(client)
  }

  return {
    connect: () => (connecting ??= connect()),
    isLost: () => socket.destroyed,
    wasTooMuch: () => wasTooMuch,
    allow(bytes) {
      limit = socket.bytesRead + bytes
    },
    // Not by an event: TLS takes the bytes before any is sent.
    watch() {
      const stopLooking = repeat(look, LOOK_EVERY_MS)
      return () => {
        stopLooking()
        // Many batches may come between two looks of the timer.
        look()
      }
    },
    cancel() {
      ask()
      return repeat(ask, ASK_EVERY_MS)
    },
    async close() {
      const timer = setTimeout(cut, CLOSE_MS)
      await client.end()
      clearTimeout(timer)
    },
  }
}

/** Works again and again until the answer is called. */
const repeat = (work: () => void, everyMs: number): (() => void) => {
  const timer = setInterval(work, everyMs).unref()
  return () => clearInterval(timer)
}

/** What the driver knows of the session of the server, and does not declare. */
const SESSION = z.object({ processID: z.number(), secretKey: z.number() })

/** CancelRequest of the protocol: its length, its code, and which session is meant. */
const askToCancel = (client: pg.Client): void => {
  const session = SESSION.safeParse(client).data
  if (!session) return
  const message = Buffer.alloc(16)
  for (const [at, word] of [16, 80_877_102, session.processID, session.secretKey].entries())
    message.writeInt32BE(word, at * 4)
  const { host, port } = client
  const socket = host.startsWith('/')
    ? createConnection(`${host}/.s.PGSQL.${port}`)
    : createConnection(port, host)
  socket.on('error', () => undefined).end(message)
}
