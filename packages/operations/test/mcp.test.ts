import { Client } from '@modelcontextprotocol/client'
import { InMemoryTransport, isSpecType, Server, type Tool } from '@modelcontextprotocol/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  bindOperations,
  createRegistry,
  defineOperation,
  isoDate,
  type OperationDescription,
  toAnnotations,
  toJsonSchema,
} from '../src/index.ts'
import { createNoteStore, NOON, noteOperations } from './notes.ts'

const tree = z.object({
  name: z.string(),
  get children() {
    return z.array(tree)
  },
})

const everyShape = defineOperation({
  name: 'notes.every-shape',
  title: 'Every shape',
  description: 'Gives a result of every shape that a schema can have.',
  input: z.object({}),
  output: z.object({
    tree,
    at: isoDate.nullable(),
    choice: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a'), size: z.int() }),
      z.object({ kind: z.literal('b'), pair: z.tuple([z.string(), z.number()]) }),
    ]),
    counts: z.record(z.string(), z.int()),
    extra: z.json(),
    absent: z.uuid().exactOptional(),
  }),
  effect: 'read',
  run: async () => ({
    tree: { name: 'root', children: [{ name: 'leaf', children: [] }] },
    at: NOON,
    choice: { kind: 'b' as const, pair: ['x', 1.5] satisfies [string, number] },
    counts: { files: 3 },
    extra: { any: ['thing', null] },
  }),
})

/** An operation as the SDK lists it; the SDK itself says whether that is a tool. */
const toTool = (operation: OperationDescription): Tool => {
  const listing: unknown = {
    name: operation.name,
    description: operation.description,
    inputSchema: toJsonSchema(operation.input, 'input'),
    outputSchema: toJsonSchema(operation.output, 'output'),
    annotations: toAnnotations(operation),
  }
  if (isSpecType.Tool(listing)) return listing
  throw new Error(`${operation.name} cannot be listed as a tool`)
}

describe('an MCP client', () => {
  const registry = createRegistry([
    ...bindOperations(createNoteStore(), noteOperations),
    ...bindOperations(undefined, [everyShape]),
  ])
  const server = new Server({ name: 'notes', version: '1.0.0' }, { capabilities: { tools: {} } })
  server.setRequestHandler('tools/list', async () => ({
    tools: registry.list().map(toTool),
  }))
  server.setRequestHandler('tools/call', async ({ params }) => ({
    content: [],
    structuredContent: await registry.call(params.name, params.arguments ?? {}),
  }))
  const client = new Client({ name: 'test', version: '1.0.0' })

  beforeAll(async () => {
    const [near, far] = InMemoryTransport.createLinkedPair()
    await Promise.all([server.connect(far), client.connect(near)])
  })
  afterAll(() => client.close())

  it('lists every operation with its schemas and annotations', async () => {
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual(registry.list().map(({ name }) => name))
    expect(tools[0]?.inputSchema.required).toEqual(['content'])
    expect(tools[2]?.annotations).toMatchObject({ destructiveHint: true, openWorldHint: false })
  })

  it('accepts every result against the schema it was listed with', async () => {
    await client.listTools()
    const added = await client.callTool({
      name: 'notes.add',
      arguments: { content: 'Times are codecs', writtenAt: NOON.toISOString() },
    })
    expect(added.structuredContent).toMatchObject({ writtenAt: NOON.toISOString() })
    const shapes = await client.callTool({ name: 'notes.every-shape' })
    expect(shapes.structuredContent).toMatchObject({ at: NOON.toISOString(), counts: { files: 3 } })
  })
})
