import { expect, it } from 'vitest'
import { type Measure, measureSizes } from '../src/speed/measure-sizes.ts'
import { speedTable } from '../src/speed/speed-table.ts'
import { sampleFigures } from './sample-figures.ts'

const libsql: Measure = async ({ n }) => sampleFigures('libsql', n)
const orama: Measure = async ({ n }) => sampleFigures('orama', n)
const small: Measure = async ({ n }) => {
  if (n > 10) throw new Error('too much')
  return sampleFigures('pglite', n)
}

const sizes = [10, 20].map((n) => ({ n, dim: 32 }))

it('measures size by size, and one database that fails holds up no other', async () => {
  const reported: string[] = []
  const { results, failures } = await measureSizes(sizes, [libsql, small, orama], (measured) =>
    reported.push(measured.map(({ database }) => database).join()),
  )
  expect(results.map(({ database, n }) => `${database} ${n}`)).toEqual([
    'libsql 10',
    'pglite 10',
    'orama 10',
    'libsql 20',
    'orama 20',
  ])
  expect(failures).toEqual([new Error('too much')])
  expect(reported).toEqual(['libsql,pglite,orama', 'libsql,orama'])
})

it('has a column for each database, empty where a figure is none of its', async () => {
  const table = speedTable([
    await libsql(sizes[0] ?? { n: 10, dim: 32 }),
    sampleFigures('orama', 10),
  ])
  expect(table).toMatch(/10 x 32 +│ libsql +│ +orama/)
  expect(table).toMatch(/athena recall, start to exit, ms +│ +│ +│/)
})
