import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineOperation, isoDate, toMarkdown } from '../src/index.ts'
import { addNote, noteOperations } from './notes.ts'

const findPlaces = defineOperation({
  name: 'places.find',
  title: 'Find places | near',
  description: 'Finds places.',
  input: z.object({
    near: z.strictObject({ path: z.string().describe('a\npath | or glob') }),
    depth: z.int().nullable().default(null),
    id: z.union([z.string(), z.int()]).exactOptional(),
    deep: z.boolean().exactOptional(),
  }),
  output: z.object({
    places: z.array(z.object({ seen: z.array(z.object({ at: isoDate })) })),
    counts: z.record(z.string(), z.int()),
    details: z.unknown(),
  }),
  effect: 'read',
  run: async () => ({ places: [], counts: {}, details: undefined }),
})

const page = toMarkdown([...noteOperations, findPlaces])
const lines = page.split('\n')

describe('the reference page', () => {
  it('says first that it is generated, and how', () => {
    expect(lines[0]).toContain('Generated')
    expect(lines[0]).toContain('`pnpm docs:operations`')
  })

  it('is the same for the same definitions', () => {
    expect(toMarkdown([...noteOperations, findPlaces])).toBe(page)
  })

  it('groups operations by layer, in the order given', () => {
    const headings = lines.filter((line) => /^##+ /.test(line))
    expect(headings).toEqual([
      '## notes',
      '### notes.add',
      '### notes.list-since',
      '### notes.clear',
      '## places',
      '### places.find',
    ])
    const mixed = toMarkdown([findPlaces, ...noteOperations, findPlaces])
    expect(mixed.match(/^## /gm)).toHaveLength(2)
  })

  it('links every operation to its section', () => {
    expect(lines).toContain('| [`notes.list-since`](#noteslist-since) | read | List recent notes |')
  })

  it('shows the command', () => {
    expect(lines).toContain(
      'athena places find --near <json> [--depth <number>] [--id <json>] [--deep | --no-deep]',
    )
    expect(lines).toContain(
      'athena notes add --content <string> [--kind <string>] [--tags <string>...] [--written-at <string>]',
    )
  })

  it.each([
    '| `content` | text | always | what to keep |',
    '| `kind` | `"fact"` or `"decision"` | default `"fact"` |  |',
    '| `tags` | list of text | default `[]` |  |',
    '| `writtenAt` | date-time | optional |  |',
    '| `near` | object | always |  |',
    String.raw`| ${'`near.path`'} | text | always | a path \| or glob |`,
    '| `depth` | integer or null | default `null` |  |',
    '| `id` | text or integer | optional |  |',
    '| `notes[].writtenAt` | date-time | always | when it was written |',
    '| `places[].seen[].at` | date-time | always |  |',
    '| `counts` | map of integer | always |  |',
  ])('has the row %s', (row) => {
    expect(lines).toContain(row)
  })

  it('keeps table cells on one line and their bars escaped', () => {
    expect(lines).toContain(
      String.raw`| [${'`places.find`'}](#placesfind) | read | Find places \| near |`,
    )
  })

  it('shows examples as they cross the wire', () => {
    expect(page).toContain('Keep a decision:\n\n```json\n{\n  "content": "Use Postgres",')
  })

  it('refuses an example that its own operation would refuse', () => {
    const wrong = { title: 'Too short', input: { content: '' } }
    expect(() => toMarkdown([{ ...addNote, examples: [wrong] }])).toThrowError('content: too small')
  })

  it('says when an operation takes no arguments', () => {
    expect(page).toContain('athena notes clear\n```\n\nTakes no arguments.\n')
  })
})
