import { PassThrough } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { Server } from '@modelcontextprotocol/server'
import {
  serveStdio as connectStdio,
  StdioServerTransport,
} from '@modelcontextprotocol/server/stdio'
import type { Log } from './log.ts'
import type { Service } from './service.ts'
import { codeOf } from './to-message.ts'

/**
 * Serves one client over standard input and output, in the era of the protocol that it speaks. When
 * its input ends, calls that are under way are still answered until `close`.
 */
export const serveStdio = (createServer: () => Server, log: Log): Service => {
  // The transport gives up running calls when its input ends; this input does not end.
  const input = new PassThrough()
  const transport = new StdioServerTransport(input, process.stdout)
  const connection = connectStdio(createServer, {
    transport,
    onerror: (error) => log.warn('protocol', { code: codeOf(error) }),
  })
  const ended = new Promise<void>((resolve) => {
    const { onclose } = transport
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- a transport is no event target
    transport.onclose = () => {
      onclose?.()
      resolve()
    }
    process.stdin.once('end', resolve)
    process.stdin.once('close', resolve)
  })
  process.stdin.pipe(input, { end: false })
  return {
    ended,
    refuse: async () => {
      process.stdin.unpipe(input)
      // What has been read is handled before anyone asks what is under way.
      await setImmediate()
    },
    close: async () => {
      // Calls that are done hand their answers on first, and not every system writes at once.
      await setImmediate()
      await new Promise((resolve) => process.stdout.write('', resolve))
      await connection.close()
      process.stdin.destroy()
    },
  }
}
