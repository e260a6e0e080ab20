import { createCodeTable } from '@athena-memory/search/codes'
import Table from 'cli-table3'
import { percentile } from '../metrics/percentile.ts'
import { say } from '../say.ts'
import { plotGrowth } from '../speed/growth-plot.ts'
import { createRandom, type Random } from '../world/random.ts'

/** How the scan is measured. */
export interface ScanOptions {
  /** Numbers of codes. */
  readonly n: readonly number[]
  /** Dimensions of the vectors that they stand for. */
  readonly dim: number
  readonly json?: boolean | undefined
}

/** Scans of each size, and how many of the nearest are asked for. */
const [SCANS, NEAREST] = [50, 256]

const BITS = 32

/** Prints how long it takes to find the nearest among codes in memory, by comparing all of them. */
export const runScan = ({ n, dim, json = false }: ScanOptions): void => {
  const results = n.map((codes) => {
    say(`scanning ${codes} codes`)
    return { codes, dim, ...measureScan(codes, Math.ceil(dim / BITS)) }
  })
  if (json) {
    console.log(JSON.stringify({ results }))
    return
  }
  const table = new Table({
    head: ['codes', 'ms (p50)', 'ms (p95)', 'MB'],
    style: { head: [], border: [] },
  })
  for (const { codes, p50, p95, mb } of results) table.push([codes, p50, p95, mb])
  console.log(table.toString())
  if (results.length > 1) {
    const points = results.map(({ codes, p50 }) => [codes, p50] as const)
    console.log(plotGrowth('scan of codes, ms (p50), over their number', points))
  }
}

const measureScan = (count: number, words: number) => {
  const random = createRandom(count, words)
  const before = process.memoryUsage.rss()
  const table = createCodeTable(words)
  for (let rowNumber = 1; rowNumber <= count; rowNumber++)
    table.set({ rowNumber, documentRow: rowNumber }, randomCode(random, words))
  const times = Array.from({ length: SCANS }, () => {
    const sought = randomCode(random, words)
    const startedAt = performance.now()
    table.rank(sought)(NEAREST)
    return performance.now() - startedAt
  })
  const [p50, p95] = [percentile(times, 50), percentile(times, 95)].map((ms) =>
    Number(ms.toFixed(3)),
  )
  const mb = Math.round((process.memoryUsage.rss() - before) / 1024 ** 2)
  return { p50: p50 ?? 0, p95: p95 ?? 0, mb }
}

const randomCode = (random: Random, words: number): Uint32Array =>
  Uint32Array.from({ length: words }, () => random() * 2 ** BITS)
