import { plot } from 'simple-ascii-chart'
import type { SpeedFigures } from './figures.ts'

const PLOTTED = [
  ['hybrid_ms_p50', 'hybrid search, ms (p50)'],
  ['insert_batch_rows_s', 'insert in batches, rows/s'],
] as const satisfies readonly (readonly [keyof SpeedFigures, string])[]

const [WIDTH, HEIGHT] = [60, 8]

/**
 * How figures grow with the number of memories: for each database a plot of each, both axes logarithmic,
 * so that what grows in proportion is a straight line. Nothing for databases of one size.
 */
export const growthPlot = (results: readonly SpeedFigures[]): string => {
  const names = [...new Set(results.map(({ database }) => database))]
  return names
    .map((name) => results.filter(({ database }) => database === name))
    .filter((own) => new Set(own.map(({ n }) => n)).size > 1)
    .flatMap((own) => PLOTTED.map((figure) => plotFigure(own, figure)))
    .join('\n')
    .replaceAll(/ +$/gm, '')
}

const plotFigure = (
  results: readonly SpeedFigures[],
  [figure, title]: (typeof PLOTTED)[number],
): string =>
  plotGrowth(
    `${results[0]?.database}: ${title}, over the number of memories`,
    results.map((result) => [result.n, result[figure]]),
  )

/** Plots one figure over the number that it grows with. */
export const plotGrowth = (
  title: string,
  points: readonly (readonly [number: number, figure: number])[],
): string => {
  const logarithms = points
    .toSorted(([a], [b]) => a - b)
    .map(([number, figure]) => [Math.log10(number), Math.log10(figure)] satisfies [number, number])
  return plot(logarithms, {
    title,
    width: WIDTH,
    height: HEIGHT,
    formatter: (logarithm) => String(Number((10 ** logarithm).toPrecision(4))),
  })
}
