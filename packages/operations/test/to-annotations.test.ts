import { expect, it } from 'vitest'
import { toAnnotations } from '../src/index.ts'
import { addNote, clearNotes, listNotes } from './notes.ts'

it.each([
  [listNotes, { readOnlyHint: true, destructiveHint: false, idempotentHint: true }],
  [addNote, { readOnlyHint: false, destructiveHint: false, idempotentHint: false }],
  [clearNotes, { readOnlyHint: false, destructiveHint: true, idempotentHint: true }],
])('the effect of $name decides its hints', (operation, hints) => {
  expect(toAnnotations(operation)).toStrictEqual({
    title: operation.title,
    ...hints,
    openWorldHint: false,
  })
})
