import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gzipComment } from '../src/file/gzip-comment.ts'
import { batchRows } from '../src/rows/batch-rows.ts'
import { toCanonicalJson } from '../src/rows/canonical-json.ts'
import { fromCell, toCell } from '../src/rows/cell.ts'
import { differingTables, tallyRows } from '../src/rows/tally.ts'

const values = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array(),
  fc.float32Array({ noNaN: true }),
  fc.array(fc.integer()),
  fc.record({ date: fc.string(), json: fc.integer() }, { requiredKeys: [] }),
)

const rows = fc.array(fc.dictionary(fc.string(), values, { maxKeys: 5 }), { maxLength: 8 })

const bitsOf = (value: unknown): unknown =>
  value instanceof Float32Array ? [...new Uint32Array(value.slice().buffer)] : value

const through = (value: unknown): unknown => fromCell(JSON.parse(JSON.stringify(toCell(value))))

describe('a cell', () => {
  it('brings back every value bit by bit, and what kind it was', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(bitsOf(through(value))).toEqual(bitsOf(value))
      }),
    )
  })

  it('takes a part of a larger buffer for what it is', () => {
    const floats = Float32Array.of(1, 2, 3, 4)
    expect(through(floats.subarray(1, 3))).toEqual(Float32Array.of(2, 3))
    expect(through(new Uint8Array(floats.buffer, 3, 1))).toEqual(Uint8Array.of(63))
  })

  it('refuses what it never writes', () => {
    for (const cell of [{}, { date: 5 }, { floats: null }]) {
      expect(() => fromCell(cell)).toThrow(TypeError)
    }
  })
})

describe('canonical JSON', () => {
  it('is JSON of the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(toCanonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('does not depend on the order of keys, at any depth', () => {
    expect(toCanonicalJson({ b: [{ d: 1, c: 2 }], a: null })).toBe(
      toCanonicalJson({ a: null, b: [{ c: 2, d: 1 }] }),
    )
  })

  it('keeps a key that JavaScript gives a meaning to', () => {
    expect(toCanonicalJson(JSON.parse('{"__proto__":{"a":1}}'))).toBe('{"__proto__":{"a":1}}')
  })
})

describe('the digest of a table', () => {
  const digest = (some: readonly Record<string, unknown>[]) =>
    tallyRows([{ table: 't', rows: some }])

  it('does not depend on the order of rows, columns and chunks', async () => {
    const orders = rows.chain((some) =>
      fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
    )
    await fc.assert(
      fc.asyncProperty(orders, async ([some, shuffled]) => {
        const chunks = shuffled.map((row) => ({
          table: 't',
          rows: [Object.fromEntries(Object.entries(row).toReversed())],
        }))
        expect(await tallyRows(chunks, ['t'])).toEqual(await digest(some))
      }),
    )
  })

  it('changes with every value, and with every row', async () => {
    await fc.assert(
      fc.asyncProperty(values, values, async (one, other) => {
        const isSame = JSON.stringify(toCell(one)) === JSON.stringify(toCell(other))
        const [a, b] = [await digest([{ v: one }]), await digest([{ v: other }])]
        expect(differingTables(a, b)).toEqual(isSame ? [] : ['t'])
        expect(differingTables(a, await digest([{ v: one }, { v: one }]))).toEqual(['t'])
      }),
    )
  })

  it('counts a table that is missing as different from one that is empty', async () => {
    expect(differingTables(await tallyRows([], ['t']), await tallyRows([]))).toEqual(['t'])
  })
})

describe('batches', () => {
  it('keep the order and never mix tables', async () => {
    const inputs = fc.array(
      fc.record({
        table: fc.constantFrom('a', 'b'),
        row: fc.record({ n: fc.integer() }),
        size: fc.integer({ min: 0, max: 9_000_000 }),
      }),
    )
    await fc.assert(
      fc.asyncProperty(inputs, async (given) => {
        const source = async function* () {
          yield* given
        }
        const found: unknown[] = []
        for await (const batch of batchRows(source())) {
          expect(batch.rows.length).toBeGreaterThan(0)
          for (const row of batch.rows) found.push({ table: batch.table, row })
        }
        expect(found).toEqual(given.map(({ table, row }) => ({ table, row })))
      }),
    )
  })

  it('hold 500 rows, or fewer large ones', async () => {
    const sizes = async (size: number) => {
      const source = async function* () {
        for (let n = 0; n < 1100; n += 1) yield { table: 't', row: { n }, size }
      }
      const found: number[] = []
      for await (const batch of batchRows(source())) found.push(batch.rows.length)
      return found
    }
    expect(await sizes(10)).toEqual([500, 500, 100])
    expect((await sizes(1_000_000)).slice(0, 2)).toEqual([8, 8])
  })
})

describe('a comment of gzip', () => {
  it('unpacks to nothing, before and after other members', () => {
    const text = gzipSync('text')
    const file = Buffer.concat([gzipComment('before'), text, gzipComment('after')])
    expect(gunzipSync(file).toString()).toBe('text')
  })
})
