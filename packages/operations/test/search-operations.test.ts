import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineOperation } from '../src/index.ts'
import { searchOperations } from '../src/search-operations.ts'

const define = (name: `${string}.${string}`, title: string, description: string) =>
  defineOperation({
    name,
    title,
    description,
    input: z.object({}),
    output: z.object({}),
    effect: 'read',
    run: async () => ({}),
  })

const operations = [
  define('semantic.remember', 'Remember a fact', 'Stores a memory for later.'),
  define('semantic.recall', 'Recall memories', 'Finds memories that fit a question.'),
  define('semantic.forget', 'Forget a memory', 'Erases a memory for good.'),
  define('prospective.create', 'Create a task', 'Plans work for later.'),
  define('prospective.overdue', 'Overdue tasks', 'Lists tasks whose deadline has passed.'),
  define('graph.shortest-path', 'Shortest path', 'Finds how two entities are related.'),
  define('episodic.timeline', 'Timeline', 'Counts events per day.'),
]

const namesFor = (query: string, limit?: number) =>
  searchOperations(operations, query, limit).map(({ name }) => name)

describe('searching operations', () => {
  it.each([
    ['forget', 'semantic.forget'],
    ['SHORTEST', 'graph.shortest-path'],
    ['deadline', 'prospective.overdue'],
    ['which tasks are overdue?', 'prospective.overdue'],
    ['create new tasks', 'prospective.create'],
    ['relation between entity and entity', 'graph.shortest-path'],
    ['recalling', 'semantic.recall'],
    ['event', 'episodic.timeline'],
  ])('finds for %j first %s', (query, name) => {
    expect(namesFor(query)[0]).toBe(name)
  })

  it('puts a word in the name before one in the title before one in the description', () => {
    const found = searchOperations(
      [
        define('a.one', 'First', 'About snapshots of files: a snapshot.'),
        define('b.two', 'Take a snapshot', 'Second.'),
        define('c.snapshot', 'Third', 'Third.'),
      ],
      'snapshot',
    )
    expect(found.map(({ name }) => name)).toEqual(['c.snapshot', 'b.two', 'a.one'])
  })

  it('lets a rare word outweigh a common one', () => {
    expect(namesFor('memory question')[0]).toBe('semantic.recall')
  })

  it('leaves out what shares no word', () => {
    expect(namesFor('forget')).toEqual(['semantic.forget'])
    expect(namesFor('zzz')).toEqual([])
    expect(namesFor('')).toEqual([])
    expect(namesFor('?!')).toEqual([])
  })

  it('gives at most as many as asked for', () => {
    expect(namesFor('semantic', 2)).toHaveLength(2)
  })

  it('does not depend on the order of the operations or of the words', () => {
    const words = ['memory', 'task', 'finds', 'later', 'path', 'two']
    fc.assert(
      fc.property(
        fc.shuffledSubarray(operations, { minLength: operations.length }),
        fc.shuffledSubarray(words, { minLength: words.length }),
        (shuffled, query) => {
          const found = searchOperations(shuffled, query.join(' ')).map(({ name }) => name)
          expect(found).toEqual(namesFor(words.join(' ')))
        },
      ),
    )
  })
})
