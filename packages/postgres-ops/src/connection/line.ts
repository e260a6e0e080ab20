import { Socket } from 'node:net'
import { z } from 'zod'

interface Target {
  readonly host: readonly string[]
  readonly port: readonly number[]
  readonly path?: string | false
}

/** How often bytes are counted, and a cancelled statement is asked again to stop. */
const LOOK_EVERY_MS = 20
const ASK_EVERY_MS = 200
/** How often it is asked before the line is cut. */
const ASK_TIMES = 15

/** The way to the server for one connection. */
export interface Line {
  /** The one socket of the connection: a second is refused, so that no connection is made again. */
  readonly open: (target: Target) => Promise<Socket>
  readonly isLost: () => boolean
  readonly wasTooMuch: () => boolean
  /** The most bytes that may arrive from now on. */
  readonly allow: (bytes: number) => void
  /** Watches what arrives until the answer is called; past the limit, the line is cut. */
  readonly watch: () => () => void
  /** Has the server stop what it does for this connection, again and again until the answer is called; a server that does not is left. */
  readonly cancel: () => () => void
  /** Remembers which session of the server this is, from a result of the driver. */
  readonly remember: (result: object) => void
}

const SESSION = z.object({ pid: z.number(), secret: z.number() })

/** Makes a line, over which nothing goes yet. */
export const createLine = (): Line => {
  let target: Target | undefined
  let socket: Socket | undefined
  let session: z.output<typeof SESSION> | undefined
  let limit = Number.POSITIVE_INFINITY
  let [hasFailed, wasTooMuch] = [false, false]

  const isLost = (): boolean => hasFailed || socket?.destroyed === true
  const look = (): void => {
    if (!socket || socket.bytesRead <= limit) return
    wasTooMuch = true
    socket.destroy()
  }
  let asked = 0
  const ask = (): void => {
    asked += 1
    if (asked > ASK_TIMES) socket?.destroy()
    if (!target || !session) return
    const asking = new Socket()
    asking.on('error', () => undefined)
    reach(asking, target)
    asking.end(cancelRequest(session))
  }
  const repeat = (work: () => void, everyMs: number): (() => void) => {
    const timer = setInterval(work, everyMs).unref()
    return () => clearInterval(timer)
  }

  return {
    isLost,
    wasTooMuch: () => wasTooMuch,
    allow(bytes) {
      limit = (socket?.bytesRead ?? 0) + bytes
    },
    // Not by an event: TLS takes the bytes before any is sent.
    watch: () => repeat(look, LOOK_EVERY_MS),
    cancel() {
      ask()
      return repeat(ask, ASK_EVERY_MS)
    },
    remember(result) {
      if ('state' in result) session = SESSION.safeParse(result.state).data ?? session
    },
    async open(given) {
      if (target) throw new Error('the connection was lost')
      target = given
      socket = new Socket()
      await arrival(socket, given).catch((thrown: unknown) => {
        hasFailed = true
        throw thrown
      })
      return socket
    },
  }
}

const arrival = (socket: Socket, target: Target): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.once('connect', resolve).once('error', reject)
    reach(socket, target)
  })

const reach = (socket: Socket, { path, port, host }: Target): void => {
  if (path) socket.connect(path)
  else socket.connect(port[0] ?? 5432, host[0] ?? 'localhost')
}

/** CancelRequest of the protocol: its length, its code, and which session is meant. */
const cancelRequest = ({
  pid,
  secret,
}: {
  readonly pid: number
  readonly secret: number
}): Buffer => {
  const message = Buffer.alloc(16)
  for (const [at, word] of [16, 80_877_102, pid, secret].entries())
    message.writeUInt32BE(word, at * 4)
  return message
}
