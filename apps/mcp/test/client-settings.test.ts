import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEmptyPostgres } from '@athena-memory/testing'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { bundle, prepareBundle } from './mcp/bundle.ts'
import { makePlace } from './mcp/place.ts'

const READMES = ['../../../README.md', '../README.md', '../../../packages/postgres-ops/README.md']
const server = process.env['ATHENA_TEST_POSTGRES_URL'] ?? ''

/** How a client is told to start a server. */
const started = z.object({
  command: z.string(),
  args: z.array(z.string()),
  env: z.record(z.string(), z.string()).default({}),
})
type Started = z.output<typeof started>
const servers = z.record(z.string(), z.unknown())
const settings = z.object({ mcpServers: servers.optional(), servers: servers.optional() })

/** What a page says to clients that read JSON, and to Claude Code. */
const readSettings = async (page: string): Promise<Started[]> => {
  const text = await readFile(new URL(page, import.meta.url), 'utf8')
  const blocks = [...text.matchAll(/^```json\n(.*?)^```/gms)].map(([, block = '']) => block)
  const written = blocks.flatMap((block) => {
    const { mcpServers = {}, servers: others = {} } = settings.parse(JSON.parse(block))
    return [...Object.values(mcpServers), ...Object.values(others)]
  })
  const commands = [...text.matchAll(/claude mcp add \w+ (.*?)-- ([^`\n]+)/g)]
  return [
    ...written.flatMap((value) => started.safeParse(value).data ?? []),
    ...commands.map(([, flags = '', line = '']) => {
      const [command = '', ...args] = line.trim().split(' ')
      const given = [...flags.matchAll(/--env (\w+)="?([^" ]+)"?/g)]
      return {
        command,
        args,
        env: Object.fromEntries(given.map(([, name, value]) => [name, value])),
      }
    }),
  ]
}

let programs: string
beforeAll(async () => {
  await prepareBundle()
  programs = await mkdtemp(join(tmpdir(), 'athena-npx-'))
  const npx = join(programs, 'npx')
  // Stands for the registry: this package, and no other, is what it has.
  await writeFile(
    npx,
    `#!/bin/sh\n[ "$*" = "-y @athena-memory/mcp" ] && exec "${process.execPath}" "${bundle}"\nexit 9\n`,
  )
  await chmod(npx, 0o755)
})
afterAll(() => rm(programs, { recursive: true }))

/** Starts what the settings say, as a client does. */
const connect = async ({ command, args, env }: Started): Promise<Client> => {
  const place = await makePlace(env)
  const client = new Client({ name: 'test', version: '1.0.0' })
  const path = `${programs}:${place.env['PATH']}`
  const transport = { command, args, cwd: place.home, env: { ...place.env, PATH: path } }
  await client.connect(new StdioClientTransport({ ...transport, stderr: 'ignore' }))
  onTestFinished(async () => {
    await client.close()
    await place.remove()
  })
  return client
}

it.each(READMES)('starts the server as %s says', async (page) => {
  const given = await readSettings(page)
  expect(given.length).toBeGreaterThanOrEqual(2)
  for (const one of given) {
    const { tools } = await (await connect(one)).listTools()
    expect(tools.map(({ name }) => name)).toContain('recall')
  }
})

it.skipIf(server === '')('lets a client ask the PostgreSQL of the settings', async () => {
  const database = await createEmptyPostgres(server)
  const { url } = await database.createLogin()
  onTestFinished(database.drop)
  for (const one of await readSettings('../../../packages/postgres-ops/README.md')) {
    expect(Object.keys(one.env)).toContain('ATHENA_POSTGRES_OPS_URL')
    const client = await connect({ ...one, env: { ...one.env, ATHENA_POSTGRES_OPS_URL: url } })
    const { structuredContent } = await client.callTool({
      name: 'call_operation',
      arguments: { name: 'postgres.query', arguments: { sql: 'select 6 * 7 as answer' } },
    })
    expect(structuredContent).toMatchObject({ rows: [{ answer: 42 }] })
  }
})
