import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ancestorsOf, normalizePath } from '../src/project-path.ts'

describe('normalizePath', () => {
  it.each([
    ['/a/proj/', '/a/proj'],
    ['/a//b/./c/../d', '/a/b/d'],
    ['/', '/'],
    ['/../..', '/'],
    [String.raw`c:\Work\shop` + '\\', 'C:/Work/shop'],
    ['d:/', 'D:/'],
    [String.raw`\\server\share\x`, '//server/share/x'],
    [String.raw`/home/back\slash`, String.raw`/home/back\slash`],
    ['/über/100%_done', '/über/100%_done'],
  ])('makes %s into %s', (given, stored) => {
    expect(normalizePath(given)).toBe(stored)
  })

  it.each(['', 'a/b', './a', '~', 'C:', 'C:work'])('refuses %j, which is not absolute', (path) => {
    expect(() => normalizePath(path)).toThrow('path must be absolute')
  })

  it('leaves what it made as it is', () => {
    const root = fc.constantFrom('/', '//', 'C:/', 'c:\\', '\\\\')
    const segment = fc.constantFrom('a', 'b c', '..', '.', '', '%', '_', 'é')
    fc.assert(
      fc.property(root, fc.array(segment), (start, segments) => {
        const stored = normalizePath(start + segments.join('/'))
        expect(normalizePath(stored)).toBe(stored)
        expect(normalizePath(`${stored}/`)).toBe(stored)
      }),
    )
  })
})

describe('ancestorsOf', () => {
  it('names a directory and all above it, the longest first', () => {
    expect(ancestorsOf('/a/b/c')).toEqual(['/a/b/c', '/a/b', '/a', '/'])
    expect(ancestorsOf('c:\\a')).toEqual(['C:/a', 'C:/'])
  })

  it('holds only normalised paths', () => {
    const segments = fc.array(fc.stringMatching(/^[a-z.%_]{1,4}$/))
    fc.assert(
      fc.property(segments, (names) => {
        for (const path of ancestorsOf(`/${names.join('/')}`))
          expect(normalizePath(path)).toBe(path)
      }),
    )
  })
})
