import { describe, expect, it } from 'vitest'
import { bindOperations, createRegistry } from '../src/index.ts'
import { createNoteRegistry, createNoteStore, NOON, noteOperations } from './notes.ts'

describe('a registry', () => {
  it('lists operations in the order given', () => {
    const names = createNoteRegistry()
      .list()
      .map(({ name }) => name)
    expect(names).toEqual(['notes.add', 'notes.list-since', 'notes.clear'])
  })

  it('finds an operation by name, and nothing under any other', () => {
    const registry = createNoteRegistry()
    expect(registry.get('notes.clear')?.title).toBe('Remove every note')
    expect(registry.get('notes')).toBeUndefined()
    expect(registry.get('toString')).toBeUndefined()
  })

  it('refuses two operations of one name', () => {
    const bound = bindOperations(createNoteStore(), noteOperations)
    expect(() => createRegistry([...bound, ...bound.slice(1, 2)])).toThrowError(
      expect.objectContaining({
        code: 'invalid-definition',
        message: 'operation names must be unique; defined twice: notes.list-since',
      }),
    )
  })

  it('takes and gives wire values', async () => {
    const registry = createNoteRegistry()
    const added = await registry.call('notes.add', { content: 'Ship on Friday', tags: ['plan'] })
    expect(added).toStrictEqual({
      id: 'note-1',
      content: 'Ship on Friday',
      kind: 'fact',
      tags: ['plan'],
      writtenAt: NOON.toISOString(),
    })
    expect(await registry.call('notes.list-since', { since: NOON.toISOString() })).toStrictEqual({
      notes: [added],
    })
    expect(await registry.call('notes.clear', {})).toStrictEqual({ removed: 1 })
  })

  it.each([
    ['notes.ad', 'did you mean notes.add?'],
    ['notes.list_since', 'did you mean notes.list-since?'],
    ['Notes.Clear', 'did you mean notes.clear?'],
    ['clear', 'did you mean notes.clear?'],
    ['remove every', 'did you mean notes.clear'],
  ])('suggests near names for %s', async (name, suggestion) => {
    await expect(createNoteRegistry().call(name, {})).rejects.toMatchObject({
      code: 'unknown-operation',
      message: expect.stringContaining(suggestion),
    })
  })

  it('suggests nothing when nothing is near', async () => {
    await expect(createNoteRegistry().call('qqqq.zzzz', {})).rejects.toThrowError(
      /^unknown operation "qqqq.zzzz"$/,
    )
  })
})
