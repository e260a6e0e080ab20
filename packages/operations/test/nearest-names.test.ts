import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editDistance, nearestNames } from '../src/nearest-names.ts'

const word = fc.string({ maxLength: 12 })

describe('the edit distance', () => {
  it.each([
    ['kitten', 'sitting', 3],
    ['flaw', 'lawn', 2],
    ['', 'abc', 3],
    ['same', 'same', 0],
  ])('from %s to %s is %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance)
  })

  it('is a metric', () => {
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a))
        expect(editDistance(a, b) === 0).toBe(a === b)
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c))
      }),
    )
  })

  it('is one for one letter more', () => {
    fc.assert(
      fc.property(word, word, fc.string({ minLength: 1, maxLength: 1 }), (start, end, letter) => {
        fc.pre(letter.length === 1)
        expect(editDistance(start + end, start + letter + end)).toBe(1)
      }),
    )
  })
})

describe('nearest names', () => {
  const names = ['content', 'context', 'projectId', 'limit', 'occurredAt']

  it.each([
    ['contnt', ['content', 'context']],
    ['project_id', ['projectId']],
    ['occurred-at', ['occurredAt']],
    ['LIMIT', ['limit']],
    ['limits', ['limit']],
    ['query', []],
    ['', []],
  ])('of %j are %j', (name, expected) => {
    expect(nearestNames(name, names)).toEqual(expected)
  })

  it('are at most three', () => {
    expect(nearestNames('tags', ['tag1', 'tag2', 'tag3', 'tag4'])).toEqual(['tag1', 'tag2', 'tag3'])
  })
})
