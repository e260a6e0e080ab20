import type { Client } from '@modelcontextprotocol/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { prepareBundle } from './mcp/bundle.ts'
import { connectStdio, eras, recall, remember, textOf } from './mcp/clients.ts'
import { makePlace, type Place } from './mcp/place.ts'

beforeAll(prepareBundle)

const listing = z.object({
  annotations: z.object({
    title: z.string(),
    readOnlyHint: z.boolean(),
    destructiveHint: z.boolean(),
    idempotentHint: z.boolean(),
  }),
  title: z.string(),
  description: z.string().min(20),
  inputSchema: z.looseObject({ type: z.literal('object') }),
  outputSchema: z.looseObject({ type: z.literal('object') }),
})

describe.each(eras)('a client over standard input and output (%s)', (era) => {
  let place: Place
  let client: Client
  beforeAll(async () => {
    place = await makePlace()
    client = await connectStdio(place, { era })
  })
  afterAll(async () => {
    await client.close()
    await place.remove()
  })

  it('is told what the memory is for', () => {
    expect(client.getInstructions()).toMatch(/recall/i)
    expect(client.getServerVersion()).toMatchObject({ name: 'athena', version: '0.1.0' })
  })

  it('lists few tools, in few tokens, each with annotations and schemas', async () => {
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual([
      'remember',
      'recall',
      'forget',
      'record_event',
      'search_operations',
      'call_operation',
    ])
    expect(JSON.stringify({ tools }).length / 4).toBeLessThanOrEqual(3000)
    for (const tool of tools) expect(listing.safeParse(tool).error).toBeUndefined()
  })

  it('says which tools only look, and which ones erase', async () => {
    const { tools } = await client.listTools()
    const hints = tools.map(({ name, annotations }) => [
      name,
      annotations?.readOnlyHint,
      annotations?.destructiveHint,
    ])
    expect(hints).toEqual([
      ['remember', false, false],
      ['recall', true, false],
      ['forget', false, true],
      ['record_event', false, false],
      ['search_operations', true, false],
      ['call_operation', false, true],
    ])
  })

  // The client holds every structured result against the schema it was listed with.
  it('remembers, recalls and forgets', async () => {
    await client.listTools()
    const id = await remember(client, `The lighthouse at Rozewie was lit in 1822 (${era})`)
    const { results } = await recall(client, 'When was the Rozewie lighthouse lit?')
    expect(results[0]).toMatchObject({
      id,
      layer: 'semantic',
      content: expect.stringContaining('1822'),
    })
    const forgotten = await client.callTool({ name: 'forget', arguments: { id } })
    expect(forgotten.structuredContent).toMatchObject({ id, forgotten: true })
    expect((await recall(client, 'Rozewie lighthouse')).results).toEqual([])
  })

  it('gets every result as text, too', async () => {
    const answer = await client.callTool({
      name: 'call_operation',
      arguments: { name: 'projects.list' },
    })
    expect(JSON.parse(textOf(answer))).toEqual(answer.structuredContent)
  })

  it('is told which argument is wrong, without hearing its value again', async () => {
    const answer = await client.callTool({
      name: 'remember',
      arguments: { content: 'a secret of mine', tag: ['x'], confidence: 'high' },
    })
    expect(answer).toMatchObject({ isError: true })
    expect(textOf(answer)).toMatch(/unknown argument "tag": did you mean "tags"\?/)
    expect(textOf(answer)).toMatch(/confidence: expected number/)
    expect(textOf(answer)).not.toMatch(/secret/)
  })

  it('is told which tools there are when it calls another', async () => {
    await expect(client.callTool({ name: 'recal', arguments: {} })).rejects.toThrow(
      /name: expected one of remember, recall, forget/,
    )
  })

  it('finds an operation and calls it', async () => {
    const { structuredContent } = await client.callTool({
      name: 'search_operations',
      arguments: { query: 'supersede what is no longer true', limit: 3 },
    })
    const { operations, others } = found.parse(structuredContent)
    const supersede = operations.find(({ name }) => name === 'semantic.supersede')
    expect(supersede).toMatchObject({ effect: 'write', input: { type: 'object' } })
    expect(others).toContain('memory.status')
    const status = await client.callTool({
      name: 'call_operation',
      arguments: { name: 'memory.status' },
    })
    expect(status.structuredContent).toMatchObject({
      tenantId: 'default',
      database: { status: 'ok' },
    })
  })

  it('is told of operations with similar names when there is none of that name', async () => {
    const answer = await client.callTool({
      name: 'call_operation',
      arguments: { name: 'semantic.supercede' },
    })
    expect(answer).toMatchObject({ isError: true })
    expect(textOf(answer)).toContain('did you mean semantic.supersede')
  })
})

const found = z.object({
  operations: z.array(z.looseObject({ name: z.string() })),
  others: z.array(z.string()),
})

describe('the operations of the memory', () => {
  let place: Place
  beforeAll(async () => {
    place = await makePlace()
  })
  afterAll(() => place.remove())

  it('are all within reach of call_operation, and each is a tool in the full profile', async () => {
    const [few, full] = await Promise.all([
      connectStdio(place),
      connectStdio(place, { args: ['--profile', 'full'] }),
    ])
    const { structuredContent } = await few.callTool({
      name: 'search_operations',
      arguments: { query: 'everything' },
    })
    const { operations, others } = found.parse(structuredContent)
    const names = [...operations.map(({ name }) => name), ...others].toSorted()
    expect(names.length).toBeGreaterThan(20)
    for (const name of names) {
      const answer = await few.callTool({
        name: 'call_operation',
        arguments: { name, arguments: { zzz: true } },
      })
      expect(textOf(answer)).toContain(`invalid input for ${name}`)
    }
    const { tools } = await full.listTools()
    expect(tools.map(({ name }) => name).toSorted()).toEqual(
      names.map((name) => name.replaceAll(/[.-]/g, '_')),
    )
    for (const tool of tools) expect(listing.safeParse(tool).error).toBeUndefined()
    const called = await full.callTool({ name: 'memory_status' })
    expect(called.structuredContent).toMatchObject({ tenantId: 'default' })
    await Promise.all([few.close(), full.close()])
  })
})
