import { expect, it } from 'vitest'
import { growthPlot } from '../src/speed/growth-plot.ts'
import { sampleFigures as figures } from './sample-figures.ts'

it('plots how each database grows, with the numbers that were measured at its axes', () => {
  const results = [1000, 10_000, 100_000].flatMap((n) => [
    figures('libsql', n),
    figures('orama', n),
  ])
  const plots = growthPlot(results)
  const titles = plots.match(/^\w+: .* over the number of memories/gm)
  expect(titles).toHaveLength(4)
  for (const value of ['1000', '10000', '100000', '0.25', '2.5', '25', '5000']) {
    expect(plots).toMatch(new RegExp(`(^|\\s)${value.replace('.', '\\.')}(┤|\\s)`, 'm'))
  }
})

it('plots nothing where there is one size', () => {
  expect(growthPlot([figures('libsql', 10), figures('orama', 10)])).toBe('')
})
