import type { Client } from '@modelcontextprotocol/client'
import { createEmptyPostgres } from '@athena-memory/testing'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { prepareBundle } from './mcp/bundle.ts'
import { connectHttp, type HttpProgram, recall, remember, startHttp } from './mcp/clients.ts'
import { makePlace, type Place } from './mcp/place.ts'

const tokens = { 'token-of-the-red-team': 'red', 'token-of-the-blue-team': 'blue' }
const server = process.env['ATHENA_TEST_POSTGRES_URL']

beforeAll(prepareBundle)

describe.each(server ? ['libsql', 'postgres'] : ['libsql'])('tokens of tenants on %s', (kind) => {
  let place: Place
  let program: HttpProgram
  let clients: Record<'red' | 'blue', Client>
  let dropDatabase: (() => Promise<void>) | undefined

  const connect = (token: string) => connectHttp(`${program.origin}/mcp`, { token })

  beforeAll(async () => {
    place = await makePlace({ ATHENA_MCP_TOKENS: JSON.stringify(tokens) })
    const postgres = kind === 'postgres' && server ? await createEmptyPostgres(server) : undefined
    dropDatabase = postgres?.drop
    program = await startHttp(place, {
      env: { ATHENA_DATABASE_URL: postgres?.url ?? `file:${join(place.home, 'memory.db')}` },
    })
    clients = {
      red: await connect('token-of-the-red-team'),
      blue: await connect('token-of-the-blue-team'),
    }
  })
  afterAll(async () => {
    await program.stop()
    await dropDatabase?.()
    await place.remove()
  })

  it('open one memory each: nothing of one is found, read or erased by the other', async () => {
    const { red, blue } = clients
    const id = await remember(red, 'The red team meets at the pier')
    expect((await recall(red, 'Where does the red team meet?')).results[0]).toMatchObject({ id })
    expect((await recall(blue, 'Where does the red team meet?')).results).toEqual([])
    const read = await blue.callTool({
      name: 'call_operation',
      arguments: { name: 'semantic.get', arguments: { id } },
    })
    expect(JSON.stringify(read)).not.toContain('pier')
    const forgotten = await blue.callTool({ name: 'forget', arguments: { id } })
    expect(forgotten.structuredContent).toMatchObject({ forgotten: false })
    expect((await recall(red, 'Where does the red team meet?')).results[0]).toMatchObject({ id })
  })

  it('say whose memory it is', async () => {
    for (const [tenantId, client] of Object.entries(clients)) {
      const status = await client.callTool({
        name: 'call_operation',
        arguments: { name: 'memory.status' },
      })
      expect(status.structuredContent).toMatchObject({ tenantId })
    }
  })

  it.runIf(kind === 'libsql')('keep a file each', async () => {
    const { structuredContent } = await clients.blue.callTool({
      name: 'call_operation',
      arguments: { name: 'memory.status' },
    })
    const { location } = z.object({ location: z.string() }).parse(structuredContent)
    expect(location).toContain('blue')
    await access(location)
  })
})
