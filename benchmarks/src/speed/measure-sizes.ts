import { say } from '../say.ts'
import type { Size, SpeedFigures } from './figures.ts'

/** Measures one database at one size. */
export type Measure = (size: Size) => Promise<SpeedFigures>

/** What was measured, and why the rest was not. */
export interface Outcomes {
  readonly results: readonly SpeedFigures[]
  readonly failures: readonly unknown[]
}

/**
 * Measures every database at every size, one after the other: all of them at the first size, then at the
 * next. One that fails holds up no other.
 *
 * @param onSize is told what was measured at a size, when all of it is done
 */
export const measureSizes = async (
  sizes: readonly Size[],
  measures: readonly Measure[],
  onSize: (results: readonly SpeedFigures[]) => void,
): Promise<Outcomes> => {
  const results: SpeedFigures[] = []
  const failures: unknown[] = []
  for (const size of sizes) {
    const before = results.length
    for (const measure of measures) {
      await measure(size).then(
        (figures) => {
          // The next database may take minutes, and whoever watches may have seen enough.
          say(JSON.stringify(figures))
          results.push(figures)
        },
        (error: unknown) => failures.push(error),
      )
    }
    onSize(results.slice(before))
  }
  return { results, failures }
}
