import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createProgram } from '../src/program.ts'
import { prepareBundle } from './cli/bundle.ts'
import { makePlace, type Place } from './cli/run-athena.ts'

const listing = z.object({
  operations: z.array(
    z.object({
      name: z.string(),
      effect: z.enum(['read', 'write', 'destructive']),
      inputSchema: z.object({ type: z.literal('object') }),
      outputSchema: z.object({ type: z.literal('object') }),
    }),
  ),
})

let place: Place
beforeAll(async () => {
  await prepareBundle()
  place = await makePlace()
})
afterAll(() => place.remove())

const operations = async () => listing.parse(await place.json(['operations'])).operations

describe('athena <layer> <verb>', () => {
  it('exists for every operation', async () => {
    const names = (await operations()).map(({ name }) => name)
    expect(names).toEqual(
      expect.arrayContaining(['memory.recall', 'semantic.remember', 'projects.list']),
    )
    const program = await createProgram([])
    const commands = program.commands.flatMap((layer) =>
      layer.commands.map((verb) => `${layer.name()}.${verb.name()}`),
    )
    expect(commands).toEqual(names)
  })

  it('gives the output of the operation as one JSON value', async () => {
    const flags = ['--content', 'Called by its full name', '--tags', 'a', '--tags', 'b']
    const kept = await place.json(['semantic', 'remember', ...flags])
    expect(JSON.stringify(kept)).toContain('Called by its full name')
    const { memories } = await place.json(['semantic', 'list'])
    expect(memories).toMatchObject([{ content: 'Called by its full name', tags: ['a', 'b'] }])
  })

  it('shows records and lists to people', async () => {
    const { code, stdout } = await place.athena(['projects', 'list'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/default/)
  })

  it('lists the operations of one layer', async () => {
    const { operations: found } = listing.parse(
      await place.json(['operations', '--layer', 'projects']),
    )
    expect(new Set(found.map(({ name }) => name.split('.')[0]))).toEqual(new Set(['projects']))
    const { stdout } = await place.athena(['operations', '--layer', 'projects'])
    expect(stdout).toMatch(/^projects\.remove +destructive +Remove a project$/m)
  })
})
