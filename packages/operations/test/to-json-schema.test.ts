import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { isoDate, toJsonSchema } from '../src/index.ts'
import { addNote, clearNotes, listNotes } from './notes.ts'

describe('the JSON schema of an operation', () => {
  it('describes the input as it crosses the wire, and no more', () => {
    expect(toJsonSchema(addNote.input, 'input')).toStrictEqual({
      type: 'object',
      properties: {
        content: { type: 'string', minLength: 1, description: 'what to keep' },
        kind: { type: 'string', enum: ['fact', 'decision'], default: 'fact' },
        tags: { type: 'array', items: { type: 'string' }, default: [] },
        writtenAt: { type: 'string', format: 'date-time' },
      },
      required: ['content'],
    })
  })

  it('describes the output as it crosses the wire', () => {
    expect(toJsonSchema(listNotes.output, 'output')).toStrictEqual({
      type: 'object',
      properties: {
        notes: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              id: { type: 'string' },
              content: { type: 'string' },
              kind: { type: 'string', enum: ['fact', 'decision'] },
              tags: { type: 'array', items: { type: 'string' } },
              writtenAt: {
                type: 'string',
                format: 'date-time',
                description: 'when it was written',
              },
            },
            required: ['id', 'content', 'kind', 'tags', 'writtenAt'],
          },
        },
      },
      required: ['notes'],
    })
  })

  it('keeps real bounds and patterns, and drops those that say nothing', () => {
    const schema = z.strictObject({
      any: z.int(),
      some: z.int().min(1).max(50),
      share: z.number().min(0).max(1),
      id: z.uuid(),
      hash: z.string().regex(/^[0-9a-f]{8}$/),
    })
    expect(toJsonSchema(schema, 'input').properties).toStrictEqual({
      any: { type: 'integer' },
      some: { type: 'integer', minimum: 1, maximum: 50 },
      share: { type: 'number', minimum: 0, maximum: 1 },
      id: { type: 'string', format: 'uuid' },
      hash: { type: 'string', pattern: '^[0-9a-f]{8}$' },
    })
  })

  it('is an object also when there is nothing to give', () => {
    expect(toJsonSchema(clearNotes.input, 'input')).toStrictEqual({
      type: 'object',
      properties: {},
    })
  })

  it('can describe trees', () => {
    const tree = z.strictObject({
      name: z.string(),
      get children() {
        return z.array(tree)
      },
    })
    expect(toJsonSchema(tree, 'output')).toMatchObject({
      type: 'object',
      properties: { children: { type: 'array', items: { $ref: '#' } } },
    })
  })

  it('refuses dates that are no codec, and says where', () => {
    const schema = z.strictObject({ range: z.strictObject({ from: z.date() }) })
    expect(() => toJsonSchema(schema, 'output')).toThrowError('output.range.from: use isoDate')
  })

  it('refuses what JSON cannot carry', () => {
    expect(() => toJsonSchema(z.strictObject({ size: z.bigint() }), 'input')).toThrowError(
      expect.objectContaining({
        code: 'invalid-definition',
        message: expect.stringContaining('input.size: BigInt'),
      }),
    )
  })

  it.each([
    [{ filter: z.object({ tag: z.string() }) }, 'input.filter'],
    [{ filter: z.object({ tag: z.string() }).describe('which').exactOptional() }, 'input.filter'],
    [{ events: z.array(z.object({ at: isoDate })) }, 'input.events.items'],
  ])('refuses objects inside an input that would drop misspelt arguments', (shape, path) => {
    expect(() => toJsonSchema(z.strictObject(shape), 'input')).toThrowError(
      `${path}: misspelt arguments would be dropped; use z.strictObject`,
    )
  })

  it('lets an input hold objects that say what they allow', () => {
    const schema = z.strictObject({
      filter: z.strictObject({ tag: z.string() }).describe('which').exactOptional(),
      settings: z.record(z.string(), z.unknown()),
      context: z.looseObject({ branch: z.string() }),
    })
    expect(toJsonSchema(schema, 'input').required).toEqual(['settings', 'context'])
  })
})
