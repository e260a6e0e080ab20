import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toArguments, toRow } from '../../src/libsql/values.ts'
import { openNotes } from './temporary-engine.ts'

const value = fc.oneof(
  fc.string().filter((text) => !text.includes('\0')),
  fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
  fc.uint8Array(),
)

/** What a value is when it comes back: SQLite has no booleans and no negative zero. */
const returned = (given: unknown): unknown =>
  typeof given === 'boolean' || Object.is(given, -0) ? Number(given) + 0 : given

describe('values', () => {
  it('come back as they went in', async () => {
    const engine = await openNotes()
    await engine.execute('create table kept (a, b)', [])
    await fc.assert(
      fc.asyncProperty(value, value, async (a, b) => {
        const sql = 'insert into kept values (?, ?) returning a, b'
        expect(await engine.execute(sql, [a, b])).toEqual([[returned(a), returned(b)]])
      }),
      { numRuns: 300 },
    )
  })

  it('keep integers integers', async () => {
    const engine = await openNotes()
    const sql = 'select typeof(?), typeof(?), typeof(?), json_array(?)'
    expect(await engine.execute(sql, [5, true, 1.5, 5])).toEqual([
      ['integer', 'integer', 'real', '[5]'],
    ])
  })

  it('take the part of a buffer that a view shows', async () => {
    const engine = await openNotes()
    const view = new Uint8Array([9, 1, 2, 3, 9]).subarray(1, 4)
    const [row] = await engine.execute('select ?, hex(?)', [view, view])
    expect(row).toEqual([new Uint8Array([1, 2, 3]), '010203'])
  })

  it.each([
    [Number.NaN, 'not finite'],
    [Number.NEGATIVE_INFINITY, 'not finite'],
    [undefined, 'of type undefined'],
    [new Date(0), 'of type Date'],
    [{ a: 1 }, 'of type Object'],
    [['a'], 'of type Array'],
    ['cut\0here', 'NUL'],
  ])('refuses %o by its position', (wrong, problem) => {
    expect(() => toArguments(['fine', wrong])).toThrow(/^Storage: value 2 of the statement/)
    expect(() => toArguments([wrong])).toThrow(problem)
    expect(() => toArguments([wrong])).not.toThrow('cut')
  })

  it('are arrays in column order, whatever the columns are called', async () => {
    const engine = await openNotes()
    expect(await engine.execute('select 1 as a, 2 as a, 3 as length', [])).toEqual([[1, 2, 3]])
    expect(toRow([1, 'b', null])).toEqual([1, 'b', null])
  })
})
