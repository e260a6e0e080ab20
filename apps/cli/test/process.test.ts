import { once } from 'node:events'
import { join } from 'node:path'
import { createServer } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareBundle } from './cli/bundle.ts'
import { makePlace, type Place } from './cli/run-athena.ts'

let place: Place
beforeAll(async () => {
  await prepareBundle()
  place = await makePlace()
  await place.athena(['remember', 'Something that is there'])
})
afterAll(() => place.remove())

describe('the process', () => {
  it('stops reading standard input after 1 MiB, though it never ends', async () => {
    const { stdout } = await place.shell('yes | athena remember - ; echo "${PIPESTATUS[1]}"')
    expect(stdout).toBe('1\n')
  })

  it('says how much standard input may hold', async () => {
    const { code, stdout, stderr } = await place.athena(['remember', '-'], {
      input: 'x'.repeat(1024 * 1024 + 1),
    })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/1 MiB/)
  })

  it('refuses standard input that is no text', async () => {
    const { code, stderr } = await place.athena(['remember', '-'], {
      input: Buffer.from([0x61, 0xff, 0xfe]),
    })
    expect(code).toBe(1)
    expect(stderr).toMatch(/UTF-8/)
  })

  it('ends with 130 when interrupted while it waits for input', async () => {
    const child = place.start(['remember', '-'])
    child.stdin.write('half a sent')
    // Long enough to be reading: it says nothing before.
    await setTimeout(700)
    child.kill('SIGINT')
    expect((await once(child, 'close'))[0]).toBe(130)
  })

  it('ends with 130 when interrupted while it works, and has written nothing', async () => {
    const server = createServer(() => child.kill('SIGINT')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const env = { ATHENA_EMBEDDER: 'ollama', ATHENA_EMBEDDING_URL: `http://127.0.0.1:${port}` }
    const child = place.start(['remember', 'Interrupted in the middle'], { env })
    const [code] = await once(child, 'close')
    server.closeAllConnections()
    server.close()
    expect(code).toBe(130)
    const { results } = await place.json(['recall', 'interrupted in the middle'])
    expect(results).toEqual([])
  })

  it('is quiet when nobody reads its output', async () => {
    const { stdout, stderr } = await place.shell('athena operations --json | head -c 10')
    expect([stdout.length, stderr]).toEqual([10, ''])
  })

  it.skipIf(process.platform !== 'linux')('fails where its output cannot be kept', async () => {
    const { code, stderr } = await place.shell('athena operations > /dev/full')
    expect([code, stderr]).toEqual([1, 'error: standard output cannot be written to\n'])
  })

  it('writes neither colours nor bars where nobody watches', async () => {
    const runs = await Promise.all(
      [['recall', 'something'], ['--help'], ['doctor'], ['status']].map((args) =>
        place.athena(args),
      ),
    )
    for (const { stdout, stderr } of runs) expect(stdout + stderr).not.toContain('\u001b')
  })

  it('prints nothing but JSON with --json, wherever the flag stands', async () => {
    const file = `file:${join(place.home, 'json.db')}`
    for (const args of [
      ['--json', 'status'],
      ['status', '--json'],
      ['--db', file, 'recall', 'x', '--json'],
    ]) {
      const { stdout, stderr } = await place.athena(args)
      expect(() => JSON.parse(stdout)).not.toThrow()
      expect(stderr).toBe('')
    }
  })
})
