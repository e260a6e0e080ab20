import { z } from 'zod'
import { bindOperations, createRegistry, defineOperation, isoDate } from '../src/index.ts'

/** A small layer that lives in memory: what the tests define operations over. */
export interface NoteStore {
  add(note: NewNote): Promise<Note>
  since(time: Date): Promise<Note[]>
  clear(): Promise<number>
}

interface NewNote {
  content: string
  kind: 'fact' | 'decision'
  tags: string[]
  writtenAt?: Date
}

export interface Note extends NewNote {
  id: string
  writtenAt: Date
}

export const NOON = new Date('2026-01-31T12:00:00.000Z')

export const createNoteStore = (): NoteStore => {
  const notes: Note[] = []
  return {
    add: async (fields) => {
      const note = { writtenAt: NOON, ...fields, id: `note-${notes.length + 1}` }
      notes.push(note)
      return note
    },
    since: async (time) => notes.filter(({ writtenAt }) => writtenAt >= time),
    clear: async () => notes.splice(0).length,
  }
}

const note = z.object({
  id: z.string(),
  content: z.string(),
  kind: z.enum(['fact', 'decision']),
  tags: z.array(z.string()),
  writtenAt: isoDate.describe('when it was written'),
})

export const addNote = defineOperation({
  name: 'notes.add',
  title: 'Write a note',
  description: 'Keeps a short text. Not for files.',
  input: z.object({
    content: z.string().min(1).describe('what to keep'),
    kind: z.enum(['fact', 'decision']).default('fact'),
    tags: z.array(z.string()).default([]),
    writtenAt: isoDate.exactOptional(),
  }),
  output: note,
  effect: 'write',
  examples: [{ title: 'Keep a decision', input: { content: 'Use Postgres', kind: 'decision' } }],
  run: (notes: NoteStore, input) => notes.add(input),
})

export const listNotes = defineOperation({
  name: 'notes.list-since',
  title: 'List recent notes',
  description: 'All notes written at a time or later, oldest first.',
  input: z.object({ since: isoDate }),
  output: z.object({ notes: z.array(note) }),
  effect: 'read',
  run: async (notes: NoteStore, { since }) => ({ notes: await notes.since(since) }),
})

export const clearNotes = defineOperation({
  name: 'notes.clear',
  title: 'Remove every note',
  description: 'Cannot be undone.',
  input: z.object({}),
  output: z.object({ removed: z.int().min(0) }),
  effect: 'destructive',
  idempotent: true,
  run: async (notes: NoteStore) => ({ removed: await notes.clear() }),
})

export const noteOperations = [addNote, listNotes, clearNotes]

export const createNoteRegistry = () =>
  createRegistry(bindOperations(createNoteStore(), noteOperations))
