import { join } from 'node:path'
import { openAthena } from 'athena-memory'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { prepareBundle } from './mcp/bundle.ts'
import { connectStdio, remember } from './mcp/clients.ts'
import { makePlace, type Place } from './mcp/place.ts'

let place: Place
beforeAll(async () => {
  await prepareBundle()
  place = await makePlace()
})
afterAll(() => place.remove())

const EACH = 20

it('two servers and another program write to one file at the same time, and lose nothing', async () => {
  const database = `file:${join(place.home, 'shared.db')}`
  const args = ['--db', database, '--project', 'shared']
  const [one, two, athena] = await Promise.all([
    connectStdio(place, { args }),
    connectStdio(place, { args, era: 'auto' }),
    openAthena({ database, project: 'shared', env: {} }),
  ])
  const direct = async (content: string) => (await athena.remember(content)).memory.id
  const writers = [
    (content: string) => remember(one, content),
    (content: string) => remember(two, content),
    direct,
  ]
  const written = writers.flatMap((write, writer) =>
    Array.from({ length: EACH }, (_, index) => write(`Writer ${writer} counts ${index}`)),
  )
  const ids = await Promise.all(written)
  expect(new Set(ids).size).toBe(3 * EACH)
  for (const client of [one, two]) {
    const status = await client.callTool({
      name: 'call_operation',
      arguments: { name: 'memory.status' },
    })
    expect(status.structuredContent).toMatchObject({ documents: 3 * EACH })
  }
  expect(await athena.status()).toMatchObject({ documents: 3 * EACH })
  await Promise.all([one.close(), two.close(), athena.close()])
})
