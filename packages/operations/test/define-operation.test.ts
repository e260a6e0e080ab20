import { describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { bindOperations, defineOperation, isoDate } from '../src/index.ts'
import { addNote, createNoteStore, NOON, noteOperations, type NoteStore } from './notes.ts'

const nothing = {
  title: 'Nothing',
  description: 'Does nothing.',
  input: z.object({}),
  output: z.object({}),
  effect: 'read',
  run: async () => ({}),
} as const

describe('a direct call', () => {
  it('fills in defaults and gives dates', async () => {
    const note = await addNote.run(createNoteStore(), { content: 'The sky is blue' })
    expect(note).toEqual({
      id: 'note-1',
      content: 'The sky is blue',
      kind: 'fact',
      tags: [],
      writtenAt: NOON,
    })
    expectTypeOf(note.writtenAt).toEqualTypeOf<Date>()
    expectTypeOf(note.kind).toEqualTypeOf<'fact' | 'decision'>()
  })

  it('takes times as they cross the wire', async () => {
    const note = await addNote.run(createNoteStore(), {
      content: 'Zones differ',
      writtenAt: '2026-01-31T13:30:00+01:30',
    })
    expect(note.writtenAt).toEqual(NOON)
  })

  it('knows its arguments and its store at compile time', () => {
    type Run = Parameters<typeof addNote.run>
    expectTypeOf<Run[0]>().toEqualTypeOf<NoteStore>()
    expectTypeOf<Run[1]>().toEqualTypeOf<{
      content: string
      kind?: 'fact' | 'decision' | undefined
      tags?: string[] | undefined
      writtenAt?: string
    }>()
  })
})

describe('binding', () => {
  it('refuses another store at compile time', () => {
    const taskStore = { complete: async () => true }
    // @ts-expect-error: a task store is no note store
    expect(bindOperations(taskStore, noteOperations)).toHaveLength(3)
  })

  it('refuses a store that lacks a method at compile time', () => {
    const half: Pick<NoteStore, 'add'> = createNoteStore()
    // @ts-expect-error: the operations need the whole store
    expect(bindOperations(half, noteOperations)).toHaveLength(3)
  })

  it('gives each store its own operations', async () => {
    const [first] = bindOperations(createNoteStore(), noteOperations)
    const [second] = bindOperations(createNoteStore(), noteOperations)
    await first?.call({ content: 'one' })
    expect(await second?.call({ content: 'two' })).toMatchObject({ id: 'note-1' })
  })
})

describe('a definition', () => {
  it.each(['semantic.recall', 'semantic.search-across-projects', 'postgres-ops.explain2'] as const)(
    'may be named %s',
    (name) => {
      const [layer, verb] = name.split('.')
      expect(defineOperation({ ...nothing, name })).toMatchObject({ name, layer, verb })
    },
  )

  it.each([
    'semantic.searchAll',
    'Semantic.recall',
    'semantic.',
    '.recall',
    'a.b.c',
    'semantic.mark_accessed',
    'semantic.-recall',
    'semantic.2x',
  ] as const)('may not be named %s', (name) => {
    expect(() => defineOperation({ ...nothing, name })).toThrowError(
      expect.objectContaining({
        code: 'invalid-definition',
        message: expect.stringContaining('layer.verb'),
      }),
    )
  })

  it('says which calls are idempotent: reads, and those that say so', () => {
    expect(noteOperations.map(({ idempotent }) => idempotent)).toEqual([false, true, true])
  })
})

describe('optional fields', () => {
  it('fit a store whose optional properties are never undefined', async () => {
    const echo = defineOperation({
      ...nothing,
      name: 'clock.echo',
      input: z.object({ at: isoDate.exactOptional() }),
      output: z.object({ at: isoDate.exactOptional() }),
      run: async (clock: (time: { at?: Date }) => { at?: Date }, input) => clock(input),
    })
    const bound = echo.bind((time) => time)
    expect(await bound.call({})).toEqual({})
    expect(await bound.call({ at: '2026-01-31T12:00:00Z' })).toEqual({ at: NOON.toISOString() })
  })
})
